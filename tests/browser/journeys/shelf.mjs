// The shelf: from a work to lists and back, and a citation copied without a mouse.

// Opens the page of `given.work`, goes by Tab alone to the button that copies its first citation, presses it, and returns
// what the clipboard then holds beside what the page shows, and what was said to readers of the screen.
export async function copied(hand) {
  const { page, given } = hand
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await hand.go(given.work)
  const shown = (await page.locator('#cite-nlm').innerText()).trim()
  let steps = 0
  for (; steps < 150; steps += 1) {
    await page.keyboard.press('Tab')
    const at = await page.evaluate(() => document.activeElement?.dataset?.copies ?? '')
    if (at === 'cite-nlm') break
  }
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: 'Copied' }).waitFor()
  const held = await page.evaluate(() => navigator.clipboard.readText())
  return { shown, held, steps, said: (await page.locator('#said').innerText()).trim() }
}

// From a document to its work, by the first keyword or journal to a list, and from the list to a work again; returns the
// headings that were passed.
export async function browsed(hand) {
  const { page, given } = hand
  await hand.go(given.document)
  const headings = []
  const noted = async () => headings.push((await page.getByRole('heading', { level: 1 }).innerText()).trim())
  const about = page.locator('#about details').first()
  if (!(await about.evaluate((each) => each.open))) await about.locator('summary').first().click()
  await page.getByRole('link', { name: 'Page of the work' }).click()
  await page.waitForURL('**/works/w*')
  await noted()
  await page.locator('a[href^="/journals/"], a[href^="/keywords/"]').first().click()
  await page.getByRole('heading', { name: 'Works' }).waitFor()
  await noted()
  await page.locator('ol.works a').first().click()
  await page.waitForURL('**/works/w*')
  await noted()
  return headings
}
