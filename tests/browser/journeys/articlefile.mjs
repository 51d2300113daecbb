// An article's HTML file, opened from the disk: what a judge of accessibility says, what is wider than the window, what came
// to life or hides, and the numbers that stand before claims and references.
export async function opened(hand) {
  const { page, given } = hand
  await hand.go(given.file)
  return {
    axe: await hand.violations(),
    wide: await hand.overflow(),
    unseen: await hand.unseen(),
    tags: await page.evaluate(() => [...new Set([...document.body.querySelectorAll('*')].map((each) => each.localName))].sort()),
    numbers: await page.evaluate(() => [...document.querySelectorAll('ol > li')].map((each) => each.value)),
    styled: await page.evaluate(() => getComputedStyle(document.querySelector('table')).borderCollapse === 'collapse'),
  }
}
