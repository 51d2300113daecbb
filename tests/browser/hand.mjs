// What every journey holds: a page that is watched, and the few moves that journeys share.
import { readFileSync } from 'node:fs'

// Characters that a page may hold only inside a labelled box.
const UNSEEN = '[\\u0000-\\u0008\\u000e-\\u001f\\u007f-\\u0084\\u0086-\\u009f\\u061c\\u200b\\u200e\\u200f\\u202a-\\u202e\\u2060-\\u2064\\u2066-\\u206f\\ufeff]'

export class Hand {
  constructor(context, request, axe) {
    Object.assign(this, { context, request, axe })
    this.base = request.base
    this.given = request.given ?? {}
    this.scripted = request.script ?? true
    this.narrow = (request.width ?? 1280) < 600
    this.faults = []
    this.allowed = [] // patterns of console messages that a journey causes on purpose (the log line of a 404)
  }

  async open() {
    this.page = await this.context.newPage()
    await this.watch(this.page)
    this.context.on('page', (page) => page !== this.page && this.fault('another window', page.url()))
  }

  fault(kind, what) {
    this.faults.push(`${kind}: ${String(what).slice(0, 500)}`)
  }

  async watch(page) {
    page.on('dialog', (dialog) => { this.fault('dialog', dialog.message()); dialog.dismiss().catch(() => {}) })
    page.on('pageerror', (error) => this.fault('script error', error.stack ?? error))
    page.on('console', (message) => {
      const text = message.text()
      const policy = /content security policy/i.test(text)
      if (!policy && !['error', 'warning', 'assert'].includes(message.type())) return
      if (this.allowed.some((pattern) => pattern.test(text))) return
      this.fault(`console ${message.type()}`, `${text} ${message.location().url}`)
    })
    page.on('request', (request) => {
      const address = request.url()
      if (!address.startsWith(this.base + '/') && !/^(data:|blob:|about:blank)/.test(address)) this.fault('other host', address)
    })
    const wire = await this.context.newCDPSession(page)
    await wire.send('Audits.enable').catch(() => {})
    wire.on('Audits.issueAdded', ({ issue }) => {
      if (issue.code === 'ContentSecurityPolicyIssue') this.fault('policy', JSON.stringify(issue.details))
    })
  }

  async settle() {
    // Reports and dialogs come a moment after what causes them.
    await this.page.waitForTimeout(50)
  }

  async go(path) {
    const response = await this.page.goto(this.base + path, { waitUntil: 'load' })
    return response
  }

  // The log line that chromium writes for a page with an error status is no fault where the error is the journey.
  allowStatus(...codes) {
    for (const code of codes) this.allowed.push(new RegExp(`status of ${code}`))
  }

  // What a download holds, and the name it is given.
  async contents(download) {
    const path = await download.path()
    return { name: download.suggestedFilename(), text: readFileSync(path, 'utf8') }
  }

  // The page as a judge of accessibility sees it: one line a violation, with the first places.
  async violations() {
    await this.page.evaluate(this.axe)
    const found = await this.page.evaluate(async () => {
      const result = await globalThis.axe.run(document, { resultTypes: ['violations'], rules: { 'target-size': { enabled: true } } })
      return result.violations.map((each) => ({
        id: each.id,
        help: each.help,
        places: each.nodes.slice(0, 4).map((node) => `${node.target.join(' ')} — ${node.failureSummary.split('\n').slice(1, 3).join('; ')}`),
      }))
    })
    return found.map((each) => `${each.id}: ${each.help}\n    ${each.places.join('\n    ')}`)
  }

  // How many pixels the page is wider than the window: 0 where nothing must be scrolled sideways.
  async overflow() {
    return this.page.evaluate(() => {
      const wide = document.documentElement.scrollWidth - document.documentElement.clientWidth
      if (wide <= 0) return []
      const edge = document.documentElement.clientWidth
      // Boxes inside something that scrolls by itself (a wide table) are no fault of the page.
      const held = (box) => { for (let up = box.parentElement; up; up = up.parentElement) { if (/(auto|scroll|hidden|clip)/.test(getComputedStyle(up).overflowX)) return up !== document.documentElement && up !== document.body } return false }
      const guilty = [...document.body.querySelectorAll('*')].filter((box) => box.getBoundingClientRect().right > edge + 1 && !held(box))
      return [`${wide} px too wide`, ...guilty.slice(0, 5).map((box) => `${box.tagName.toLowerCase()}.${box.className}: ${box.textContent.trim().slice(0, 60)}`)]
    })
  }

  // Unseen signs that stand outside a labelled box, in texts and in attributes that are read out or shown.
  async unseen() {
    return this.page.evaluate((pattern) => {
      const bad = new RegExp(pattern)
      const found = []
      const walk = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_TEXT)
      while (walk.nextNode()) {
        const parent = walk.currentNode.parentElement
        if (parent.closest('.sign, textarea, script, style')) continue
        const hit = bad.exec(walk.currentNode.data)
        if (hit) found.push(`<${parent.tagName.toLowerCase()} class="${parent.className}"> U+${hit[0].codePointAt(0).toString(16)} in ${JSON.stringify(walk.currentNode.data.slice(Math.max(0, hit.index - 30), hit.index + 30))}`)
      }
      for (const box of document.querySelectorAll('[title], [aria-label], [alt], [placeholder], [aria-description]')) {
        for (const name of ['title', 'aria-label', 'alt', 'placeholder', 'aria-description']) {
          const value = box.getAttribute(name)
          if (value && bad.test(value)) found.push(`${name} of <${box.tagName.toLowerCase()}>: ${JSON.stringify(value.slice(0, 80))}`)
        }
      }
      return found.slice(0, 10)
    }, UNSEEN)
  }

  // Marks of a script that ran, or of markup that came to life.
  async alive() {
    return this.page.evaluate(() => {
      const found = []
      if (globalThis.__pwned !== undefined) found.push('a script of a document ran')
      for (const box of document.querySelectorAll('iframe, object, embed, base, svg a, math, mglyph, meta[http-equiv]')) found.push(`<${box.tagName}> came to life: ${box.outerHTML.slice(0, 120)}`)
      for (const box of document.querySelectorAll('script:not([src]), style')) if (!box.type?.includes('json')) found.push(`inline ${box.tagName}`)
      for (const box of document.querySelectorAll('*')) {
        for (const { name, value } of box.attributes) {
          if (name.startsWith('on')) found.push(`${name}= on <${box.tagName.toLowerCase()}>`)
          if (name === 'style') found.push(`style= on <${box.tagName.toLowerCase()}>`)
          if (name === 'autofocus' && !box.matches('textarea, input')) found.push('autofocus')
          if (['href', 'src', 'action', 'formaction', 'xlink:href', 'srcset', 'poster'].includes(name)) {
            const address = new URL(value, document.baseURI)
            if (!['http:', 'https:'].includes(address.protocol) && !value.startsWith('data:image/')) found.push(`${name}=${value.slice(0, 80)}`)
            // Only a link that says where it leads may leave the house, and never by a scheme that the page lends it.
            if (address.host !== location.host && (box.tagName !== 'A' || !/^https?:\/\/[^/\\]/i.test(value))) found.push(`${name}=${value.slice(0, 80)} on <${box.tagName.toLowerCase()}>`)
          }
        }
      }
      return found.slice(0, 10)
    })
  }

  // Everything that must hold of any page whatever it shows.
  async soundness({ axe = true } = {}) {
    const wrong = []
    const say = (kind, list) => wrong.push(...list.map((each) => `${kind}: ${each}`))
    say('wide', await this.overflow())
    say('unseen', await this.unseen())
    say('alive', await this.alive())
    // The judge waits for clocks of the page, which stand still where scripts are off.
    if (axe && this.scripted) say('axe', await this.violations())
    const plain = await this.page.evaluate(() => ({ lang: document.documentElement.lang, title: document.title, h1: document.querySelectorAll('h1').length, main: document.querySelectorAll('main').length }))
    if (!plain.lang) wrong.push('no language on the page')
    if (!plain.title.trim()) wrong.push('no title')
    if (plain.h1 !== 1) wrong.push(`${plain.h1} first headings`)
    if (plain.main !== 1) wrong.push(`${plain.main} mains`)
    return wrong
  }
}
