// Adding: files through the form, a pasted text, what became of them, and asking about them.
import assert from 'node:assert/strict'
import { asked } from './asking.mjs'

const flat = (text) => text.replace(/\s+/g, ' ').trim()

const files = (given) => given.files.map(({ name, type, text }) => ({ name, mimeType: type ?? 'application/octet-stream', buffer: Buffer.from(text, 'utf8') }))

const settled = async (hand) => {
  const { page } = hand
  await page.waitForURL(/\/add\/[\w-]+$/)
  await page.locator('#upload[data-state=done], #upload[data-state=failed]').waitFor({ timeout: 60_000 })
  return flat(await page.getByRole('heading', { level: 1 }).innerText())
}

// Files, sent by the form; then the question that they answer.
export async function uploaded(hand) {
  const { page, given } = hand
  await hand.go('/add')
  const wrong = await hand.soundness()
  await page.getByLabel('Files', { exact: true }).setInputFiles(files(given))
  await page.getByRole('button', { name: 'Add', exact: true }).click()
  const heading = await settled(hand)
  wrong.push(...(await hand.soundness()))
  const rows = await page.locator('#upload table').first().locator('tr').allInnerTexts()
  const documents = await page.locator('section[aria-labelledby=documents] li a').allInnerTexts()
  const said = { heading, rows: rows.map(flat), documents: documents.map(flat), wrong }
  await page.locator('details.sent summary').click()
  said.names = (await page.locator('details.sent li > bdi').allTextContents())
  if (!given.question) return said
  await page.getByLabel('Ask another question').fill(given.question)
  await page.getByRole('button', { name: 'Ask', exact: true }).click()
  await page.locator('#answer').waitFor()
  said.answer = (await page.locator('.sentences').allInnerTexts()).map(flat).join(' ')
  said.references = (await page.locator('.references li').allInnerTexts()).map(flat)
  return said
}

// A text pasted into the form.
export async function pasted(hand) {
  const { page, given } = hand
  await hand.go('/add')
  await page.getByLabel('Kind of file or text').selectOption({ label: given.kind })
  await page.getByLabel('Or paste a text').fill(given.text)
  await page.getByRole('button', { name: 'Add', exact: true }).click()
  const heading = await settled(hand)
  await asked(hand)
  return { heading, references: (await page.locator('.references li').allInnerTexts()).map(flat) }
}

// Nothing chosen: said on the page, which stays.
export async function empty(hand) {
  const { page } = hand
  hand.allowStatus(422)
  await hand.go('/add')
  await page.getByRole('button', { name: 'Add', exact: true }).click()
  const place = page.locator(hand.scripted ? '#sent-words' : '.fault')
  await place.filter({ hasText: /\S/ }).waitFor()
  return { fault: flat(await place.innerText()), wrong: await hand.soundness() }
}
