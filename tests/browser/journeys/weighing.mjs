// Evidence: from the form to the profile, and from each of its values back to the words.
import assert from 'node:assert/strict'

const flat = (text) => text.replace(/\s+/g, ' ').trim()

// Asks for the profile of `given.drug` and `given.condition` by its form, and follows every value that stands on words, at
// most `given.most`, to the lit words; returns how many of them were followed, and those whose words are not lit.
export async function traced(hand) {
  const { page, given } = hand
  await hand.go('/')
  await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Evidence' }).click()
  await page.getByLabel('Drug', { exact: true }).fill(given.drug)
  await page.getByLabel('Condition', { exact: true }).fill(given.condition)
  await page.getByRole('button', { name: 'Weigh' }).click()
  await page.getByRole('heading', { level: 1 }).waitFor()
  const values = await page.locator('a.value').evaluateAll((links) =>
    links.map((link) => ({ href: link.getAttribute('href'), quote: link.title.slice(1, -1), text: link.innerText })))
  const some = [...new Map(values.map((value) => [value.href, value])).values()].slice(0, given.most)
  const astray = []
  for (const value of some) {
    await hand.go(value.href)
    const lit = flat((await page.locator('mark').allInnerTexts()).join(' '))
    if (!lit.startsWith(flat(value.quote).slice(0, 60))) astray.push({ ...value, lit })
    else assert.ok(await page.locator('mark').first().isVisible())
  }
  return { followed: some.length, astray }
}

// Opens the study card of `given.path` from its document, and says what it states and what it does not.
export async function card(hand) {
  const { page, given } = hand
  await hand.go(given.path)
  await page.getByRole('link', { name: 'Study card' }).click()
  await page.getByText('Study card', { exact: true }).first().waitFor()
  return {
    values: await page.locator('.stated a.value').count(),
    unstated: await page.locator('.stated .unstated').count(),
    suggested: await page.getByText('(suggested)').count(),
  }
}
