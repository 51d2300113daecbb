// Pictures of pages, for people who look.
import { asked, toldTo } from './asking.mjs'

// Takes a picture of `given.path`, or of the answer to `given.question`, told to `given.audience`, with its citation
// `given.citation` opened, into `given.file`; of the whole page where `given.whole` says so.
export async function take(hand) {
  const { page, given } = hand
  if (given.question) await asked(hand)
  else await hand.go(given.path)
  if (given.audience) await toldTo(hand, given.audience)
  if (given.citation !== undefined) await page.locator('a.citation:visible').nth(given.citation).click()
  if (given.top) await page.evaluate(() => scrollTo(0, 0))
  await page.mouse.move(0, 0)
  await hand.settle()
  await page.screenshot({ path: given.file, fullPage: given.whole ?? false, scale: 'device' })
  return { address: page.url() }
}

// Takes a picture of the list that a search for `given.words` gives.
export async function list(hand) {
  const { page, given } = hand
  await hand.go('/search')
  await page.getByLabel('Search the library', { exact: true }).fill(given.words)
  await page.getByRole('button', { name: 'Search', exact: true }).click()
  await page.locator('.list').waitFor()
  await page.screenshot({ path: given.file, fullPage: given.whole ?? false })
}
