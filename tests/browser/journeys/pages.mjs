// Whatever page: sound in its markup, its reach and its width.

// Visits each of `given.paths` and returns {path: [what is wrong]} for those with anything wrong.
export async function sound(hand) {
  const wrong = {}
  for (const path of hand.given.paths) {
    const response = await hand.go(path)
    const found = response.ok() ? [] : [`status ${response.status()}`]
    found.push(...(await hand.soundness({ axe: hand.given.axe ?? true })))
    if (found.length) wrong[path] = found
  }
  return wrong
}

// Waits for the text `given.find` on the one page of `given.paths`; fails where it does not come.
export async function missing(hand) {
  await hand.go(hand.given.paths[0])
  await hand.page.getByText(hand.given.find).waitFor()
}
