// A manuscript's way from the first draft to an issue, by people who sign in one after the other in the same browser.
import { become, join, looked } from './articles.mjs'

const banner = (hand) => hand.page.locator('.banner p').first().innerText()

async function press(hand, name) {
  await hand.page.getByRole('button', { name, exact: true }).click()
  await hand.page.waitForLoadState('load')
}

// Keeps a picture of the page where a folder for them is given.
async function picture(hand, name) {
  if (hand.given.pictures) await hand.page.screenshot({ path: `${hand.given.pictures}/${name}.png`, fullPage: true })
}

async function seen(hand, wrong, name) {
  await looked(hand, wrong, name)
  await picture(hand, name)
}

async function write(hand, file) {
  const { page } = hand
  await page.getByLabel('Title', { exact: true }).fill('Sirolimus in children with refractory cytopenia')
  await page.getByLabel('Kind of article').selectOption('Case series')
  await page.getByLabel('Keywords').fill('sirolimus, cytopenia, children')
  for (const [number, words] of [[1, 'Nobody knows whether it helps.'], [2, 'We looked at 120 children.'], [3, 'Remission was seen in 34 of 120 children.']]) {
    await page.getByLabel('Its text').nth(number - 1).fill(words)
  }
  await page.getByLabel('Given names').first().fill('Ada')
  await page.getByLabel('Family name').first().fill('Quillfeather')
  await page.getByLabel('ORCID iD').first().fill('0000-0002-1825-0097')
  await page.getByLabel('Affiliations').first().fill('University of Nowhere')
  await page.getByLabel('The file').setInputFiles({ name: 'Quillfeather.md', mimeType: 'text/markdown', buffer: Buffer.from(file) })
}

// `given.links` are invitations; returns the addresses, the banners in their order, and what is wrong with the pages passed.
export async function life(hand) {
  const { page, given } = hand
  const banners = []
  const wrong = []
  hand.allowStatus(422)
  for (const link of Object.values(given.links)) await join(hand, link)

  await become(hand, given.emails.author)
  await hand.go('/manuscripts')
  await seen(hand, wrong, 'list-empty')
  await page.getByRole('link', { name: 'Write a manuscript' }).click()
  await write(hand, given.text)
  await press(hand, 'Keep the draft')
  await page.getByText('Before it can be submitted').waitFor()
  await seen(hand, wrong, 'draft')
  await page.getByLabel('Given names').nth(1).fill('Bo')
  await press(hand, 'Submit')
  await page.getByText('It is kept, and cannot be submitted yet').waitFor()
  await seen(hand, wrong, 'missing')
  await page.getByLabel('Family name').nth(1).fill('Lindqvist')
  await page.getByLabel('Affiliations').nth(1).fill('University of Nowhere\nNowhere Hospital')
  for (const [label, words] of [['Ethics', 'Approved by the committee of our hospital.'], ['Funding', 'None.'], ['Conflicts of interest', 'None.'], ['Data availability', 'On request.']]) {
    await page.getByLabel(label, { exact: true }).fill(words)
  }
  await press(hand, 'Submit')
  const address = new URL(page.url()).pathname
  banners.push(await banner(hand))
  await seen(hand, wrong, 'submitted')

  await become(hand, given.emails.editor)
  await hand.go('/journal/settings')
  await page.getByLabel('Title').fill('Journal of Small Works')
  await page.getByLabel('ISSN', { exact: true }).fill('1234-5679')
  await page.getByLabel('Publisher').fill('The Desk')
  await page.getByLabel('Licence of its articles').fill('https://creativecommons.org/licenses/by/4.0/')
  await press(hand, 'Keep')
  await seen(hand, wrong, 'settings')
  await hand.go('/manuscripts')
  await seen(hand, wrong, 'list-editor')
  await hand.go(address)
  await page.getByLabel('Rea Viewer').check()
  await page.getByLabel('Sec Ond').check()
  await press(hand, 'Keep these reviewers')
  await press(hand, 'Send to review')
  banners.push(await banner(hand))
  await seen(hand, wrong, 'editing')

  for (const [name, advice] of [['reviewer', 'Minor revision'], ['second', 'Major revision']]) {
    await become(hand, given.emails[name])
    await hand.go(address)
    const whole = await page.content()
    for (const hidden of ['Quillfeather', 'Lindqvist', 'Ann Author', 'Nowhere']) if (whole.includes(hidden)) wrong.push(`${name} sees ${hidden}`)
    await page.getByText('Comment on Results').click()
    await page.getByLabel('On “Results”').fill('The percentage is not 34 of 120.')
    await page.getByLabel(advice).check()
    await page.getByLabel('To the authors and the editor').fill('Careful work; mend the numbers.')
    await page.getByLabel('Your conflicts of interest').fill('None.')
    if (name === 'reviewer') await seen(hand, wrong, 'reviewing')
    await press(hand, 'Send the review')
    await page.getByRole('heading', { name: 'Reviews' }).waitFor()
  }

  await become(hand, given.emails.editor)
  await hand.go(address)
  await page.getByLabel('Letter to the author').fill('Please mend the numbers.')
  await seen(hand, wrong, 'deciding')
  await press(hand, 'Return for revision')
  banners.push(await banner(hand))

  await become(hand, given.emails.author)
  await hand.go(address)
  await page.getByText('The percentage is not 34 of 120.').first().waitFor()
  if ((await page.content()).includes('Rea Viewer')) wrong.push('the author sees a reviewer')
  await seen(hand, wrong, 'returned')
  await page.getByRole('link', { name: 'Write another version' }).click()
  await page.getByLabel('Letter to the editor').fill('We mended the percentage.')
  await page.getByLabel('Another file').setInputFiles({ name: 'v2.md', mimeType: 'text/markdown', buffer: Buffer.from(given.text.replace('82.3', '28.3')) })
  await seen(hand, wrong, 'revising')
  await press(hand, 'Submit this version')
  await page.getByRole('link', { name: 'what changed' }).click()
  await page.getByText('We mended the percentage.').waitFor()
  await seen(hand, wrong, 'changes')

  await become(hand, given.emails.editor)
  await hand.go(address)
  await page.getByLabel('Letter to the author').fill('Thank you.')
  await press(hand, 'Accept')
  banners.push(await banner(hand))
  await page.locator('#volume').fill('1')
  await page.locator('#issue').fill('2')
  await page.locator('#pages').fill('e7')
  await seen(hand, wrong, 'publishing')
  await press(hand, 'Publish')
  banners.push(await banner(hand))
  await hand.page.context().clearCookies()
  return { address, banners, wrong }
}

// The journal as everybody sees it: archive, issue, article.
export async function read(hand) {
  const { page } = hand
  const wrong = []
  await hand.go('/journal')
  await seen(hand, wrong, 'journal')
  await page.getByRole('link', { name: '1(2)' }).click()
  await page.waitForURL('**/journal/issues/1/2')
  await seen(hand, wrong, 'issue')
  await page.locator('ol.works a').first().click()
  await page.waitForURL('**/journal/articles/m*')
  await seen(hand, wrong, 'article')
  const names = await page.locator('p.authors').innerText()
  const held = await page.getByRole('link', { name: 'In this library' }).count()
  return { wrong, names, held }
}
