// Whatever page: sound in its markup, its reach and its width; and what every page does (themes, focus, errors).
import assert from 'node:assert/strict'
import { asked, toldTo } from './asking.mjs'

const flat = (text) => text.replace(/\s+/g, ' ').trim()

// Visits each of `given.paths`, the answer to each of `given.questions`, the first told to each of `given.audiences`, the check of each of `given.texts`; returns {where: [what is wrong]} for those
// with anything wrong. Everything that folds is unfolded first, and a citation opened.
export async function sound(hand) {
  const { given, page } = hand
  const wrong = {}
  const look = async (where, found = []) => {
    await page.evaluate(() => { for (const box of document.querySelectorAll('details')) box.open = true })
    found.push(...(await hand.soundness({ axe: given.axe ?? true })))
    if (found.length) wrong[where] = found
  }
  for (const path of given.paths ?? []) {
    const response = await hand.go(path)
    await look(path, response.ok() ? [] : [`status ${response.status()}`])
  }
  for (const question of given.questions ?? []) {
    await asked(hand, question)
    await look(question)
    const citation = page.locator('a.citation').first()
    if (!(await citation.count())) continue
    await citation.click()
    await look(`${question} (a citation opened)`)
  }
  for (const audience of given.audiences ?? []) {
    await asked(hand, given.questions[0])
    await toldTo(hand, audience)
    await look(`${given.questions[0]} (${audience})`)
  }
  for (const words of given.searches ?? []) {
    await hand.go('/search')
    await page.getByLabel('Search the library', { exact: true }).fill(words)
    await page.getByRole('button', { name: 'Search', exact: true }).click()
    await page.locator('.list').waitFor()
    await look(`search: ${words}`)
  }
  for (const words of given.texts ?? []) {
    await hand.go('/check')
    await page.getByLabel('A manuscript, an abstract, a reply').fill(words)
    await page.getByRole('button', { name: 'Check', exact: true }).click()
    await page.locator('.checked').waitFor()
    await look(`checked: ${words}`)
  }
  return wrong
}

// Waits for the text `given.find` on the one page of `given.paths`; fails where it does not come.
export async function missing(hand) {
  await hand.go(hand.given.paths[0])
  await hand.page.getByText(hand.given.find).waitFor()
}

// Pages of what went wrong: their status, and that they say what it was and what to do.
export async function wrongs(hand) {
  const said = {}
  hand.allowStatus(404, 405, 422)
  for (const path of hand.given.paths) {
    const response = await hand.go(path)
    const words = flat(await hand.page.locator('main').innerText())
    assert.ok(await hand.page.getByRole('link', { name: 'To the question box' }).isVisible())
    said[path] = { status: response.status(), words, wrong: await hand.soundness() }
  }
  return said
}

// The three themes of the button, kept over pages; without scripts there is no button.
export async function themes(hand) {
  const { page } = hand
  await hand.go('/')
  const button = page.getByRole('button', { name: /^Theme/ })
  const ground = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor)
  if (!hand.scripted) {
    assert.equal(await page.locator('#theme:visible').count(), 0)
    return { system: await ground() }
  }
  const said = { system: await ground() }
  await button.click()
  said.light = await ground()
  await button.click()
  said.dark = await ground()
  await hand.go('/status')
  assert.equal(await ground(), said.dark, 'the theme is lost on the next page')
  assert.equal(flat(await button.innerText()), 'Theme: dark')
  await button.click()
  await page.reload()
  assert.equal(await ground(), said.system)
  return said
}

// Through a page by Tab: every stop is seen, shows that it has the focus, and the way ends.
export async function focus(hand) {
  const { page, given } = hand
  const wrong = {}
  const visit = async (where) => {
    const found = []
    await page.evaluate(() => document.activeElement?.blur?.())
    let first = ''
    for (let press = 0; press < 400; press += 1) {
      await page.keyboard.press('Tab')
      const stop = await page.evaluate(() => {
        const box = document.activeElement
        if (!box || box === document.body) return null
        const { top, bottom, left, right, width, height } = box.getBoundingClientRect()
        const style = getComputedStyle(box)
        box.dataset.stop ??= String(Math.random())
        const middle = document.elementFromPoint(Math.min(Math.max((left + right) / 2, 0), innerWidth - 1), Math.min(Math.max((top + bottom) / 2, 0), innerHeight - 1))
        return {
          id: box.dataset.stop,
          name: `${box.tagName.toLowerCase()} ${(box.getAttribute('aria-label') ?? box.textContent).trim().slice(0, 40)}`,
          seen: width > 0 && height > 0 && bottom > 0 && top < innerHeight && right > 0 && left < innerWidth,
          ring: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2,
          covered: middle !== null && box !== middle && !box.contains(middle) && !middle.contains(box) && getComputedStyle(middle).position === 'fixed',
        }
      })
      if (!stop) break
      if (stop.id === first) break
      first ||= stop.id
      if (!stop.seen) found.push(`out of sight: ${stop.name}`)
      if (!stop.ring) found.push(`shows no focus: ${stop.name}`)
      if (stop.covered) found.push(`covered: ${stop.name}`)
      if (press === 399) found.push('no end')
    }
    if (found.length) wrong[where] = found.slice(0, 10)
  }
  for (const path of given.paths ?? []) {
    await hand.go(path)
    await visit(path)
  }
  for (const question of given.questions ?? []) {
    await asked(hand, question)
    await visit(question)
  }
  return wrong
}

// By keyboard alone: ask, cite, open, search, list, help; nothing is clicked.
export async function keyboard(hand) {
  const { page, given } = hand
  const way = []
  const reach = async (what, test) => {
    for (let press = 0; press < 250; press += 1) {
      if (await page.evaluate(([selector, name]) => {
        const box = document.activeElement
        return box.matches(selector) && (!name || (box.getAttribute('aria-label') ?? box.textContent).trim() === name)
      }, test)) {
        way.push(what)
        return
      }
      await page.keyboard.press('Tab')
    }
    assert.fail(`${what} is not reached by Tab after ${way.join(' → ')}`)
  }
  const enter = async (ready) => {
    await page.keyboard.press('Enter')
    await page.waitForURL(ready)
    await page.waitForLoadState('load')
  }
  await hand.go('/')
  await reach('the skip link', ['.skip'])
  await page.keyboard.press('Enter')
  await reach('the question box', ['#question'])
  await page.keyboard.type(given.question)
  await reach('Ask', ['button', 'Ask'])
  await enter(/\/answers\//)
  await reach('a citation', ['a.citation'])
  await page.keyboard.press('Enter')
  await reach('the document', ['a.open'])
  await enter(/\/documents\//)
  assert.equal(await page.locator('#quote').count(), 1)
  await reach('an export', ['a[download]', 'RIS'])
  const coming = page.waitForEvent('download')
  await page.keyboard.press('Enter')
  await coming
  await reach('Search', ['.masthead a', 'Search'])
  await enter(/\/search$/)
  await reach('the search box', ['#words'])
  await page.keyboard.type(given.words)
  await page.keyboard.press('Enter')
  await page.locator('.hit').first().waitFor()
  await reach('a filter', ['.facets input[type=checkbox]'])
  await page.keyboard.press('Space')
  await reach('Apply', ['button', 'Apply'])
  await page.keyboard.press('Enter')
  await page.locator('.facets input[type=checkbox]:checked').first().waitFor()
  await reach('a hit', ['.hit h3 a'])
  await enter(/\/documents\//)
  for (const [name, place] of [['Add', /\/add$/], ['Library', /\/status$/], ['Help', /\/help$/]]) {
    await reach(name, ['.masthead a', name])
    await enter(place)
  }
  for (const [name, place] of [['How an answer is made', /\/method$/], ['Keys', /\/keys$/], ['Words explained', /\/glossary$/]]) {
    await reach(name, ['.colophon a', name])
    await enter(place)
  }
  if (hand.scripted) {
    await page.keyboard.press('?')
    assert.ok(await page.locator('#keymap').isVisible(), '? does not show the keys')
    await page.keyboard.press('Escape')
    assert.ok(!(await page.locator('#keymap').isVisible()), 'Escape does not put the keys away')
    await hand.go('/keys')
    await reach('the switch of the keys', ['#keys-switch'])
    await page.keyboard.press('Enter')
    await page.keyboard.press('?')
    assert.ok(!(await page.locator('#keymap').isVisible()), 'single letters cannot be turned off')
  }
  return { way }
}

// Help, method, words, keys and the pages behind them: each link inside the house leads somewhere.
export async function leaflets(hand) {
  const { page } = hand
  const seen = new Map()
  const waiting = ['/help', '/method', '/glossary', '/keys', '/status', '/']
  while (waiting.length) {
    const path = waiting.pop()
    if (seen.has(path)) continue
    const response = await hand.go(path)
    seen.set(path, response.status())
    const ids = new Set(await page.locator('[id]').evaluateAll((all) => all.map((each) => each.id)))
    const links = await page.locator('a[href]').evaluateAll((all) => all.map((each) => [each.getAttribute('href'), each.pathname, each.host === location.host, each.hash.slice(1)]))
    for (const [href, pathname, ours, hash] of links) {
      if (href.startsWith('#') && hash && !ids.has(decodeURIComponent(hash))) seen.set(`${path}${href}`, 'no such place')
      else if (ours && /^\/(help|method|glossary|keys)/.test(pathname)) waiting.push(pathname)
    }
  }
  return { seen: seen.size, broken: [...seen].filter(([, status]) => status !== 200) }
}
