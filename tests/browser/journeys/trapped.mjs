// Hostile documents: every page that can show them, looked at for anything that came to life or is hidden.
import assert from 'node:assert/strict'
import { asked } from './asking.mjs'

const links = (page, selector) => page.locator(selector).evaluateAll((all) => [...new Set(all.map((each) => each.getAttribute('href').split('#')[0]))])

// What a page must show of a trick: its text as text, its unseen signs as boxes.
const shows = async (hand, wrong, where) => {
  const { page, given } = hand
  const text = await page.locator('main').evaluate((main) => main.textContent)
  if (!text.includes(given.words)) return // a neighbour that the search found too
  if (given.shown && !text.includes(given.shown)) wrong.push(`${where}: the text is not shown as text`)
  const labels = await page.locator('.sign').evaluateAll((all) => [...new Set(all.map((each) => each.dataset.sign))])
  for (const sign of given.signs ?? []) if (!labels.some((label) => label.includes(sign))) wrong.push(`${where}: no box for ${sign}, only ${labels}`)
}

// Moves a person makes without meaning harm: over everything, into everything, every key.
const touched = async (hand) => {
  const { page } = hand
  await page.evaluate(() => { for (const box of document.querySelectorAll('details')) box.open = true })
  for (let press = 0; press < 8; press += 1) await page.keyboard.press('Tab')
  await page.evaluate(() => {
    for (const box of document.querySelectorAll('main *')) {
      for (const kind of ['mouseover', 'mouseenter', 'focus', 'pointerenter', 'animationstart', 'toggle']) box.dispatchEvent(new Event(kind, { bubbles: true }))
    }
  })
}

const look = async (hand, wrong, where, axe = false) => {
  await touched(hand)
  wrong.push(...(await hand.soundness({ axe })).map((each) => `${where}: ${each}`))
}

// The answer that quotes hostile documents, and the first documents that it cites, lit; `search` opens all of them.
export async function answer(hand) {
  const wrong = []
  await asked(hand)
  const { page } = hand
  await look(hand, wrong, 'answer', hand.given.axe)
  await shows(hand, wrong, 'answer')
  assert.ok(!/\b49\b/.test(hand.given.name === 'template' ? await page.locator('main').innerText() : ''), 'a template of a document was worked out')
  const documents = await links(page, 'a.open, .references a[href^="/documents/"], .looked a')
  for (const path of documents.slice(0, hand.given.most ?? 3)) {
    const response = await hand.go(path)
    assert.equal(response.status(), 200, path)
    await look(hand, wrong, path, false)
  }
  return { wrong, documents }
}

// The hits of a search for hostile documents, and each document of the first page whose place is `given.turn` in `given.step`.
export async function search(hand) {
  const wrong = []
  const { page, given } = hand
  await hand.go('/search')
  await page.getByLabel('Search the library', { exact: true }).fill(given.words)
  await page.getByRole('button', { name: 'Search', exact: true }).click()
  await page.locator('.hit').first().waitFor()
  await look(hand, wrong, 'search', given.axe)
  await shows(hand, wrong, 'search')
  const documents = await links(page, '.hit h3 a')
  const step = given.step ?? 1
  for (const [place, path] of documents.filter((_, number) => number % step === (given.turn ?? 0) % step).entries()) {
    const response = await hand.go(path)
    assert.equal(response.status(), 200, path)
    await look(hand, wrong, path, given.axe && place < 1)
    await shows(hand, wrong, path)
  }
  return { wrong, documents }
}
