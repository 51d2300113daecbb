// Pages on which somebody has left traps in every field: nothing comes to life, for whoever looks at them.
import { become, join } from './articles.mjs'

const touched = (page) => page.evaluate(() => {
  for (const box of document.querySelectorAll('details')) box.open = true
  for (const box of document.querySelectorAll('main *')) {
    for (const kind of ['mouseover', 'mouseenter', 'focus', 'pointerenter', 'animationstart', 'toggle']) box.dispatchEvent(new Event(kind, { bubbles: true }))
  }
})

// Visits each of `given.paths` as `given.email`, once with the link `given.link`; returns what is wrong, and how many pages showed a trap as text.
export async function visited(hand) {
  const { page, given } = hand
  const wrong = []
  let shown = 0
  hand.allowStatus(404, 405, 422)
  if (given.link) await join(hand, given.link)
  if (given.email) await become(hand, given.email)
  else await page.context().clearCookies()
  for (const path of given.paths) {
    await hand.go(path)
    await touched(page)
    const said = await page.evaluate(() => ({
      ran: window.__pwned,
      text: document.body.textContent.includes('window.__pwned=1'),
      values: [...document.querySelectorAll('input, textarea')].some((box) => box.value.includes('__pwned')),
      made: document.querySelectorAll('main img[src="x"], main svg[onload], main [onclick], main [onerror], main script:not([src]):not([type])').length,
      sum: /"><img[^]{0,140}49/.test(document.body.textContent),
    }))
    if (said.ran !== undefined) wrong.push(`${path}: a script ran`)
    if (said.made) wrong.push(`${path}: ${said.made} elements were made of words`)
    if (said.sum) wrong.push(`${path}: a template was worked out`)
    if (hand.narrow) wrong.push(...(await hand.overflow()).map((each) => `${path}: ${each}`))
    shown += said.text || said.values ? 1 : 0
  }
  await hand.settle()
  return { wrong, shown }
}
