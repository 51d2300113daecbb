// Searching: words, filters with counts, orders, pages, exports; and from a hit to its document.
import assert from 'node:assert/strict'

const flat = (text) => text.replace(/\s+/g, ' ').trim()

const searched = async (hand, words) => {
  await hand.go('/search')
  await hand.page.getByLabel('Search the library', { exact: true }).fill(words)
  await hand.page.getByRole('button', { name: 'Search', exact: true }).click()
  await hand.page.locator('.list').waitFor()
}

const total = async (hand) => Number((await hand.page.locator('.bar [role=status] strong').innerText()).replaceAll(',', ''))

const facet = (hand, legend) => hand.page.getByRole('group', { name: legend })

// Words, then a filter: the list holds as many as the filter's count said; taken off, it is what it was.
export async function filtered(hand) {
  await searched(hand, hand.given.words)
  const { page } = hand
  assert.equal(new URL(page.url()).search, '', 'the words stand in the address')
  const all = await total(hand)
  assert.ok(all > 1)
  const choice = facet(hand, 'Kind of evidence').locator('label').first()
  const said = Number((await choice.locator('.count').innerText()).replaceAll(',', ''))
  const name = flat(await choice.locator('span').first().innerText())
  await choice.locator('input').check()
  await page.getByRole('button', { name: 'Apply' }).click()
  await page.locator('.list').waitFor()
  const narrowed = await total(hand)
  assert.equal(narrowed, said, `the count said ${said} of ${name}`)
  const kinds = await page.locator('.hit .badge:not(.grave, .second)').allInnerTexts()
  assert.ok(kinds.some((kind) => flat(kind) === name), `${name} is not on the hits: ${kinds}`)
  const years = page.locator('button.span').first()
  const span = Number((await years.locator('.count').innerText()).replaceAll(',', ''))
  await years.click()
  await page.locator('.list').waitFor()
  assert.equal(await total(hand), span, 'the years do not hold as many as they said')
  assert.equal(await page.getByLabel('Search the library', { exact: true }).inputValue(), hand.given.words)
  await facet(hand, 'Kind of evidence').getByLabel(name).first().uncheck()
  await page.getByLabel('from').fill('')
  await page.getByLabel('to', { exact: true }).fill('')
  await page.getByRole('button', { name: 'Apply' }).click()
  await page.locator('.list').waitFor()
  assert.equal(await total(hand), all)
  return { all, name, narrowed, span }
}

// Newest first: the years fall.
export async function sorted(hand) {
  await searched(hand, hand.given.words)
  const { page } = hand
  const years = async () => (await page.locator('.hit .year').allInnerTexts()).filter((year) => /^\d{4}$/.test(year)).map(Number)
  const best = await years()
  await page.getByLabel('Order').selectOption('newest first')
  await page.getByRole('button', { name: 'Sort' }).click()
  await page.locator('.list').waitFor()
  const newest = await years()
  assert.deepEqual(newest, [...newest].sort((one, other) => other - one), 'not newest first')
  assert.equal(await page.getByLabel('Order').locator('option:checked').innerText(), 'newest first')
  await page.getByLabel('Order').selectOption('oldest first')
  await page.getByRole('button', { name: 'Sort' }).click()
  await page.locator('.list').waitFor()
  const oldest = await years()
  assert.deepEqual(oldest, [...oldest].sort((one, other) => one - other), 'not oldest first')
  return { best, newest, oldest }
}

// Every page of the whole library: numbered through, nothing twice, nothing left out.
export async function paged(hand) {
  await searched(hand, '')
  const { page } = hand
  const all = await total(hand)
  const seen = []
  for (;;) {
    const ranks = await page.locator('.hit').evaluateAll((hits) => hits.map((hit) => hit.value))
    assert.equal(ranks[0], seen.length + 1, 'the numbering does not go on')
    seen.push(...(await page.locator('.hit h3 a').evaluateAll((links) => links.map((link) => link.pathname))))
    const further = page.getByRole('button', { name: 'Further' })
    if (!(await further.count())) break
    await further.click()
    await page.locator('.list').waitFor()
  }
  assert.equal(seen.length, all)
  assert.equal(new Set(seen).size, all, 'a document stands on two pages')
  await page.getByRole('button', { name: 'Earlier' }).click()
  await page.locator('.list').waitFor()
  await page.goBack()
  await page.locator('.list').waitFor()
  return { all }
}

// The list as CSV and RIS.
export async function exported(hand) {
  await searched(hand, hand.given.words)
  const { page } = hand
  const said = { total: await total(hand) }
  for (const name of ['CSV', 'RIS']) {
    const coming = page.waitForEvent('download')
    await page.getByRole('button', { name, exact: true }).click()
    said[name] = await hand.contents(await coming)
  }
  return said
}

// From a hit to its document, by mouse or by keys; and back to the list.
export async function opened(hand) {
  await searched(hand, hand.given.words)
  const { page } = hand
  const link = page.locator('.hit h3 a').nth(1)
  const title = flat(await link.innerText())
  if (hand.scripted && hand.given.keys) {
    await page.locator('body').press('j')
    await page.keyboard.press('j')
    assert.ok(await link.evaluate((box) => box === document.activeElement), 'j does not go from hit to hit')
    await page.keyboard.press('o')
  } else {
    await link.click()
  }
  await page.waitForURL(/\/documents\//)
  assert.equal(flat(await page.getByRole('heading', { level: 1 }).innerText()), title)
  await page.goBack()
  await page.locator('.hit').first().waitFor()
  assert.equal(await page.getByLabel('Search the library', { exact: true }).inputValue(), hand.given.words)
  return { title }
}

// Nothing found; and a query whose fault is shown at its place.
export async function nothing(hand) {
  await searched(hand, 'zzqqxx')
  const { page } = hand
  assert.equal(await total(hand), 0)
  assert.ok(await page.getByText('Nothing in this library matches').isVisible())
  const wrong = await hand.soundness()
  hand.allowStatus(422)
  await page.getByLabel('Search the library', { exact: true }).fill('title:"sirolimus AND (')
  await page.getByLabel('query language').check()
  await page.getByRole('button', { name: 'Search', exact: true }).click()
  await page.locator('.fault').waitFor()
  assert.equal(await page.getByLabel('Search the library', { exact: true }).inputValue(), 'title:"sirolimus AND (')
  wrong.push(...(await hand.soundness()))
  return { wrong, fault: flat(await page.locator('.fault').innerText()) }
}
