// A question that follows another: what it carries over, what is taken away, earlier questions, and forgetting all of it.
import assert from 'node:assert/strict'
import { asked } from './asking.mjs'

const flat = (text) => text.replace(/\s+/g, ' ').trim()

// Asks on under an answer and waits for the next page.
const followed = async (page, question) => {
  const before = page.url()
  await page.getByLabel('Ask on').fill(question)
  await page.getByRole('button', { name: 'Ask on', exact: true }).click()
  await page.waitForURL((url) => url.href !== before)
  await page.locator('#answer').waitFor()
}

const chips = async (page) => (await page.locator('#answer > header .chips li > span').allInnerTexts()).map(flat)

export async function followed_through(hand) {
  await asked(hand)
  const { page, given } = hand
  const first = page.url()
  await followed(page, given.next)
  assert.equal(flat(await page.getByRole('heading', { level: 1 }).innerText()), given.next)
  const carried = await chips(page)
  assert.ok(carried.length >= 2, `carried over: ${carried}`)
  assert.ok(!page.url().includes(given.next.split(' ').pop()), 'words of the question stand in the address')
  assert.deepEqual(await hand.soundness(), [])

  const chip = page.getByRole('button', { name: /^Ask again without / }).first()
  const size = await chip.boundingBox()
  assert.ok(size.width >= 24 && size.height >= 24, `a chip's button of ${size.width} by ${size.height}`)
  const before = page.url()
  await chip.focus()
  await page.keyboard.press('Enter')
  await page.waitForURL((url) => url.href !== before)
  const left = await chips(page)
  assert.equal(left.length, carried.length - 1)
  assert.match(flat(await page.locator('#answer > header').innerText()), /Left behind: .*taken away/)

  await page.locator('details.earlier summary').click()
  await page.locator('details.earlier').getByRole('link').first().click()
  assert.equal(page.url(), first)
  await page.goBack()
  const last = page.url()
  await page.getByRole('button', { name: 'Forget this thread' }).click()
  await page.waitForURL(/forgotten/)
  for (const gone of [first, last]) assert.equal((await page.request.get(gone)).status(), 404)
  return { carried, left }
}
