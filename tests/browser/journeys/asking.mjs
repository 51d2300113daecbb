// Asking, and reading what comes: citations, passages, the document behind them, declining, keeping and forgetting.
import assert from 'node:assert/strict'

const flat = (text) => text.replace(/\s+/g, ' ').trim()
const letters = (text) => text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '')

export const asked = async (hand, question = hand.given.question) => {
  await hand.go('/')
  await hand.page.getByLabel('Your question').fill(question)
  await hand.page.getByRole('button', { name: 'Ask', exact: true }).click()
  await hand.page.locator('#answer').waitFor()
}

const citations = (hand) => hand.page.locator('a.citation:visible') // what is folded away is opened by nobody's first click
const everyCitation = (hand) => hand.page.locator('a.citation')

// The colour behind the first quoted words of a passage.
const behind = (hand, anchor) => hand.page.locator(`#${anchor} mark`).first().evaluate((mark) => getComputedStyle(mark).backgroundColor)

const inWindow = (locator) => locator.evaluate((box) => {
  const { top, bottom, left, right } = box.getBoundingClientRect()
  return bottom > 0 && right > 0 && top < innerHeight && left < innerWidth
})

// Waits until something holds, however busy the machine is; what never comes is the fault that `words` say.
const comes = async (holds, words) => {
  for (let turn = 0; turn < 600; turn++) {
    if (await holds()) return
    await new Promise((go) => setTimeout(go, 50))
  }
  assert.fail(words)
}

// The answer: its heading, its sentences, and that every citation opens on words that are there.
export async function answered(hand) {
  await hand.go('/')
  assert.ok(await hand.page.getByRole('heading', { name: 'What the library holds' }).isVisible())
  const holds = flat(await hand.page.locator('.holding').innerText())
  await asked(hand)
  const { page } = hand
  assert.match(new URL(page.url()).pathname, /^\/answers\/[\w-]{22}$/)
  const words = hand.given.question.toLowerCase().match(/[a-z]{5,}/g)
  assert.ok(!words.some((word) => page.url().toLowerCase().includes(word)), 'words of the question stand in the address')
  assert.equal(flat(await page.getByRole('heading', { level: 1 }).innerText()), hand.given.question)
  const links = await everyCitation(hand).evaluateAll((all) => all.map((each) => each.getAttribute('href').slice(1)))
  assert.ok(links.length > 0, 'no citation')
  for (const anchor of new Set(links)) {
    assert.equal(await page.locator(`#${anchor}`).count(), 1, `citation leads to ${anchor}, which is not there`)
    assert.ok(flat(await page.locator(`#${anchor} mark`).allInnerTexts().then((all) => all.join(' '))), `${anchor} lights no words`)
  }
  const named = flat((await page.locator('.verdict > p').allInnerTexts()).join(' ')).match(/\[\d+\]/g) ?? []
  assert.equal(await page.locator('.verdict > p .citation').count(), named.length, 'a reference in the suggestion leads nowhere')
  const bare = await page.locator('.answer section:not(.references, .absent) .sentences > li:not(:has(.citation))').count()
  assert.equal(bare, 0, 'a sentence without a citation')
  const unquoted = await page.evaluate(() => {
    const letters = (text) => text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '')
    return [...document.querySelectorAll('.answer section:not(.references, .absent) .sentences > li')].filter((item) => {
      const said = letters(item.querySelector('p > span').textContent.replace(/^\s*As a class[^:]*:/, ''))
      const lit = [...item.querySelectorAll('.citation')].map((each) => [...document.getElementById(each.dataset.passage).querySelectorAll('mark')].map((mark) => mark.textContent).join(' '))
      return !letters(lit.join(' ')).includes(said.slice(0, 40))
    }).map((item) => item.textContent.slice(0, 120))
  })
  assert.deepEqual(unquoted, [], 'sentences whose words are not lit in their passage')
  const references = await page.locator('.references li').count()
  const facts = await page.locator('.references .about').allInnerTexts()
  assert.ok(facts.every((fact) => /\b(19|20)\d\d\b|year not known/.test(fact)), 'a reference without a year')
  return { holds, sentences: await page.locator('.sentences > li').count(), citations: links.length, references, facts }
}

// A citation opened with the mouse: its passage comes into view with the quoted words lit, and back again.
export async function mouse(hand) {
  await asked(hand)
  const { page } = hand
  const citation = citations(hand).nth(1)
  const anchor = (await citation.getAttribute('href')).slice(1)
  const before = await behind(hand, anchor)
  await citation.click()
  const passage = page.locator(`#${anchor}`)
  await comes(() => inWindow(passage.locator('mark').first()), 'the quoted words are out of sight')
  await comes(async () => (await behind(hand, anchor)) !== before, 'the words are not lit')
  const shown = await page.locator('.passage:visible').count()
  if (hand.narrow) {
    await passage.getByRole('link', { name: 'Back to the sentence' }).last().click()
    // With the script back to the citation that was opened; without, to what cites the same words first.
    const same = page.locator(`a.citation[data-passage="${anchor}"]:visible`)
    const back = async () => (await Promise.all((hand.scripted ? [citation] : await same.all()).map(inWindow))).some(Boolean)
    await comes(back, 'the way back does not lead to the citation')
  } else {
    assert.equal(shown, 1, 'beside the answer stands more than the passage that was asked for')
    const [left, right] = [await page.locator('.answer').boundingBox(), await passage.boundingBox()]
    assert.ok(right.x >= left.x + left.width, 'the passage does not stand beside the answer')
    assert.ok(await inWindow(citation), 'the citation went out of sight')
    await page.getByRole('link', { name: /^Show all/ }).click()
    assert.ok((await page.locator('.passage:visible').count()) > 1, 'not all passages are shown again')
  }
  return { shown }
}

// A citation opened by keyboard alone: Tab to it from the top, Enter.
export async function keyboard(hand) {
  await asked(hand)
  const { page } = hand
  await page.evaluate(() => document.activeElement?.blur?.())
  const stops = []
  for (let press = 0; press < 60; press += 1) {
    await page.keyboard.press('Tab')
    const stop = await page.evaluate(() => ({ tag: document.activeElement.tagName, kind: document.activeElement.className, text: document.activeElement.textContent.trim().slice(0, 40) }))
    stops.push(stop.text || stop.tag)
    if (stop.kind.includes('citation')) break
  }
  const anchor = await page.evaluate(() => document.activeElement.getAttribute('href')?.slice(1))
  assert.ok(anchor, `no citation is reached by Tab: ${stops.join(' → ')}`)
  assert.equal(stops[0], 'Skip to the content')
  const ring = await page.evaluate(() => getComputedStyle(document.activeElement).outlineStyle)
  assert.notEqual(ring, 'none', 'the focus is not seen')
  const before = await behind(hand, anchor)
  await page.keyboard.press('Enter')
  await comes(async () => (await behind(hand, anchor)) !== before, 'the words are not lit')
  await comes(() => inWindow(page.locator(`#${anchor} mark`).first()), 'the quoted words are out of sight')
  return { stops }
}

// Through all citations, one after the other: by the key j with scripts, by clicking without.
export async function through(hand) {
  await asked(hand)
  const { page } = hand
  const count = await citations(hand).count()
  const lit = []
  for (let number = 0; number < count; number += 1) {
    const citation = citations(hand).nth(number)
    const anchor = (await citation.getAttribute('href')).slice(1)
    if (hand.scripted) {
      await page.keyboard.press('j')
      assert.equal(await citation.getAttribute('aria-current'), 'true', `j did not reach citation ${number + 1}`)
      assert.equal(await page.locator('.citation[aria-current]').count(), 1)
      assert.match(await page.locator('#said').textContent(), new RegExp(`^Citation ${number + 1} of ${count}\\.`))
    } else {
      await citation.click()
      assert.equal(new URL(page.url()).hash, `#${anchor}`)
    }
    lit.push(flat((await page.locator(`#${anchor} mark`).allInnerTexts()).join(' ')).slice(0, 60))
  }
  if (hand.scripted) {
    await page.keyboard.press('k')
    if (count > 1) assert.equal(await citations(hand).nth(count - 2).getAttribute('aria-current'), 'true', 'k did not go back')
    await page.keyboard.press('ArrowRight')
    assert.equal(await citations(hand).nth(count - 1).getAttribute('aria-current'), 'true', '→ did not go on')
    await page.keyboard.press('Escape')
    assert.equal(await page.locator('.citation[aria-current]').count(), 0, 'Escape did not let go')
    assert.ok(await page.locator('a.citation:focus').count(), 'Escape lost the place')
  }
  return { lit }
}

// From a citation to its document, opened at the quoted words.
export async function document(hand) {
  await asked(hand)
  const { page } = hand
  const citation = citations(hand).first()
  const anchor = (await citation.getAttribute('href')).slice(1)
  const quoted = letters((await page.locator(`#${anchor} mark`).allTextContents()).join(''))
  if (hand.scripted && hand.given.key) {
    await citation.focus()
    await page.keyboard.press('o')
  } else {
    await citation.click()
    await page.locator(`#${anchor}`).getByRole('link', { name: 'Open in the document' }).click()
  }
  await page.waitForURL(/\/documents\//)
  const lit = page.locator('mark').first()
  assert.ok(await inWindow(lit), 'the quoted words are out of sight')
  const words = letters((await page.locator('mark').allTextContents()).join(''))
  assert.ok(words && quoted.startsWith(words), `other words are lit: ${words.slice(0, 80)} / ${quoted.slice(0, 80)}`)
  assert.equal(await page.locator('#quote').count(), 1)
  await page.goBack()
  await page.locator('#answer').waitFor()
  return { title: flat(await page.title()) }
}

// A question that the library cannot answer.
export async function declined(hand) {
  await asked(hand)
  const { page } = hand
  assert.equal(await page.locator('.answer section:not(.references, .absent, .again) .sentences').count(), 0, 'sentences under a decline')
  assert.ok(await page.getByText('No answer', { exact: false }).first().isVisible())
  const words = flat(await page.locator('.answer').innerText())
  assert.ok(await page.getByLabel('Ask another question').isVisible(), 'no way to ask again')
  return { words, absences: await page.locator('.absent li').count() }
}

// A permalink: opened by somebody else it answers anew; forgotten, it leads nowhere.
export async function permalink(hand) {
  await asked(hand)
  const { page } = hand
  const address = page.url()
  const first = flat(await page.locator('.sentences').first().innerText())
  await hand.go('/')
  await page.goto(address)
  assert.equal(flat(await page.locator('.sentences').first().innerText()), first)
  assert.equal(await page.getByText('This answer differs').count(), 0)
  await page.getByRole('button', { name: 'Forget this question' }).click()
  await page.getByText('The question is forgotten').waitFor()
  assert.equal(new URL(page.url()).pathname, '/')
  hand.allowStatus(404, 410)
  const gone = await page.goto(address)
  assert.ok([404, 410].includes(gone.status()), `status ${gone.status()} of a forgotten question`)
  const words = flat(await page.locator('main').innerText())
  assert.ok(!letters(words).includes(letters(hand.given.question)), 'the question is still told')
  return { words }
}

// The answer as files.
export async function downloads(hand) {
  await asked(hand)
  const said = {}
  for (const name of ['Markdown', 'JSON']) {
    const coming = hand.page.waitForEvent('download')
    await hand.page.locator('.deeds').getByText(name, { exact: true }).click()
    said[name] = await hand.contents(await coming)
  }
  return said
}

// Sources limited to guidelines; the limit stays chosen, and is said.
export async function limited(hand) {
  const { page } = hand
  await hand.go('/')
  await page.getByLabel('Your question').fill(hand.given.question)
  await page.getByText('Limit the sources').click()
  await page.getByRole('group', { name: 'Kind of evidence' }).getByLabel('guideline', { exact: true }).check()
  await page.getByLabel('from').fill('2010')
  await page.getByRole('button', { name: 'Ask', exact: true }).click()
  await page.locator('#answer').waitFor()
  const kinds = await page.locator('.references .badge:not(.second)').allInnerTexts()
  assert.ok(kinds.length && kinds.every((kind) => /guideline/.test(kind)), `references that are no guidelines: ${kinds}`)
  assert.ok(await page.locator('.understood').getByText('from 2010').isVisible(), 'the limit is not said')
  return { kinds }
}

// A limit that is no year: said beside the box, with what was typed still in it.
export async function misunderstood(hand) {
  const { page } = hand
  hand.allowStatus(422)
  await hand.go('/')
  await page.getByLabel('Your question').fill(hand.given.question)
  await page.getByText('Limit the sources').click()
  await page.getByLabel('from').fill('soon')
  await page.getByRole('button', { name: 'Ask', exact: true }).click()
  await page.locator('.fault').waitFor()
  assert.equal(await page.getByLabel('Your question').inputValue(), hand.given.question)
  assert.equal(await page.getByLabel('Your question').getAttribute('aria-describedby'), 'fault')
  return { fault: flat(await page.locator('.fault').innerText()), wrong: await hand.soundness() }
}

// One of the examples under the question box.
export async function example(hand) {
  await hand.go('/')
  const button = hand.page.locator('.example').first()
  const question = flat(await button.innerText())
  await button.click()
  await hand.page.locator('#answer').waitFor()
  assert.equal(flat(await hand.page.getByRole('heading', { level: 1 }).innerText()), question)
  return { question, sentences: await hand.page.locator('.sentences > li').count() }
}

// The answer on paper: no navigation, all quoted words, the references; and a PDF of it.
export async function printed(hand) {
  await asked(hand)
  const { page } = hand
  await citations(hand).first().click()
  await page.emulateMedia({ media: 'print' })
  for (const selector of ['.masthead nav', '.again', '.deeds', '#theme', '.audience']) {
    assert.equal(await page.locator(`${selector}:visible`).count(), 0, `${selector} is printed`)
  }
  const passages = page.locator('.passage')
  assert.equal(await page.locator('.passage:visible').count(), await passages.count(), 'passages are missing on paper')
  assert.ok(await page.locator('.references li:visible').count(), 'no references on paper')
  const faint = await page.evaluate(() => [...document.querySelectorAll('.answer p, .passage p, mark')].filter((box) => !/^rgb\((\d|[1-5]\d), /.test(getComputedStyle(box).color)).length)
  assert.equal(faint, 0, 'ink too pale for paper')
  const pdf = await page.pdf({ format: 'A4' })
  assert.equal(pdf.subarray(0, 5).toString(), '%PDF-')
  const sheets = pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)?.length ?? 0
  return { bytes: pdf.length, sheets, wide: await hand.overflow() }
}

// On the page of an answer: has it, and those after it, told to somebody else, by the name of the button.
export async function toldTo(hand, audience) {
  await hand.page.getByRole('button', { name: audience, exact: true }).click()
  await hand.page.locator('button[name=audience][aria-pressed=true]').getByText(audience, { exact: true }).waitFor()
}
