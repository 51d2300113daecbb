// One chromium for many journeys: reads requests as JSON lines, carries each out in a fresh context, answers with one line.
//
// Request: {journey: "asking.ask", base, width, height, script, scheme, given, picture}. Answer: {ok, said, faults, error}.
// `faults` are what no journey may cause: a dialog, a console error, a report of the content security policy, a request
// to another host. Playwright is looked up in CURBSIDE_BROWSER_PACKAGES, outside the repository.
import { createRequire } from 'node:module'
import { createInterface } from 'node:readline'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Hand } from './hand.mjs'

const packages = createRequire(join(process.env.CURBSIDE_BROWSER_PACKAGES, 'package.json'))
const { chromium } = packages('playwright-core')
const axe = readFileSync(packages.resolve('axe-core/axe.min.js'), 'utf8')

const journeys = {}
for (const name of readdirSync(new URL('./journeys/', import.meta.url))) {
  if (name.endsWith('.mjs')) journeys[name.slice(0, -4)] = await import(`./journeys/${name}`)
}

const browser = await chromium.launch({
  executablePath: process.env.CURBSIDE_CHROMIUM,
  args: [
    '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-dev-shm-usage',
    '--disable-component-update', '--disable-sync', '--disable-crash-reporter', '--disable-lcd-text', '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
  ],
})

function within(limit, work) {
  let clock
  const late = new Promise((_, reject) => { clock = setTimeout(() => reject(new Error(`not done after ${limit} ms`)), limit) })
  return Promise.race([work, late]).finally(() => clearTimeout(clock))
}

async function carryOut(request) {
  const context = await browser.newContext({
    viewport: { width: request.width ?? 1280, height: request.height ?? 900 },
    javaScriptEnabled: request.script ?? true,
    colorScheme: request.scheme ?? 'light',
    reducedMotion: 'reduce',
    deviceScaleFactor: request.scale ?? 1,
    hasTouch: (request.width ?? 1280) < 600,
    acceptDownloads: true,
    locale: 'en-GB',
  })
  context.setDefaultTimeout(request.patience ?? 30_000)
  const hand = new Hand(context, request, axe)
  try {
    await hand.open()
    const [file, name] = request.journey.split('.')
    const said = await within(request.limit ?? 240_000, journeys[file][name](hand))
    await hand.settle()
    return { ok: true, said: said ?? null, faults: hand.faults }
  } catch (error) {
    const where = hand.page ? `at ${hand.page.url()}` : ''
    const text = hand.page ? await hand.page.locator('body').innerText({ timeout: 1000 }).catch(() => '') : ''
    return { ok: false, error: `${error.stack}\n${where}\n${text.slice(0, 1500)}`, faults: hand.faults }
  } finally {
    await context.close()
  }
}

for await (const line of createInterface({ input: process.stdin })) {
  const answer = await carryOut(JSON.parse(line)).catch((error) => ({ ok: false, error: String(error.stack), faults: [] }))
  process.stdout.write(JSON.stringify(answer) + '\n')
}
await browser.close()
