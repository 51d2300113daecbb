// An article's life, by people who sign in one after the other in the same browser.

const PASSWORD = 'violet tram ladder'

// Chooses a password by the link of an invitation.
export async function join(hand, path) {
  const { page } = hand
  await hand.go(path)
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD)
  await page.getByLabel('The same again').fill(PASSWORD)
  await page.getByRole('button', { name: 'Set the password' }).click()
  await page.getByRole('heading', { name: 'Sign in' }).waitFor()
}

// Becomes somebody: whoever was signed in goes.
export async function become(hand, email) {
  const { page } = hand
  await page.context().clearCookies()
  await hand.go('/account/sign-in')
  await page.getByLabel('E-mail address').fill(email)
  await page.getByLabel('Password').fill(PASSWORD)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.waitForURL('**/account')
}

const words = (hand) => hand.page.locator('.banner p').first().innerText()

// Takes a step at the foot of the article's page.
async function step(hand, name, why = '') {
  const form = hand.page.locator('section.acts form').last()
  if (why) await form.getByLabel('Comment or reason').fill(why)
  await form.getByRole('button', { name, exact: true }).click()
  await hand.page.locator('.banner').waitFor()
}

// Does something to a claim, with words.
async function onClaim(hand, number, name, why = '') {
  const claim = hand.page.locator(`#c${number}`)
  await claim.locator('details.acts > summary').click()
  if (why) await claim.getByLabel('Comment or reason').fill(why)
  await claim.getByRole('button', { name, exact: true }).click()
  await hand.page.waitForURL(/#c\d+$/)
}

// Looks at the page as it is: what a judge of accessibility says, and how far it runs out of the window.
export async function looked(hand, found, name) {
  found.push(...(await hand.violations()).map((each) => `${name}: ${each}`), ...(await hand.overflow()).map((each) => `${name}: ${each}`))
}

async function takesOn(hand) {
  const { page } = hand
  await page.getByLabel('Conflicts of interest').fill('None.')
  await page.getByRole('button', { name: 'Keep', exact: true }).click()
  await page.getByText('Kept.').waitFor()
}

const numbersOf = (hand) => hand.page.locator('ol.claims > li').evaluateAll((items) => items.map((item) => item.id.slice(1)))

// Signs what the page lists as neither signed nor removed, one claim after the other.
async function signWaiting(hand) {
  const links = hand.page.locator('section.acts a[href^="#c"]')
  for (const number of (await links.allInnerTexts()).map((each) => each.replace(/\D/g, ''))) await onClaim(hand, number, 'Sign this claim')
}

// `given.links` are invitations of author, two reviewers, editor and admin; returns the article's address, the banners in
// their order, what the log's page holds, and what is wrong with the pages passed.
export async function life(hand) {
  const { page, given } = hand
  const banners = []
  const wrong = []
  for (const link of Object.values(given.links)) await join(hand, link)

  for (const each of ['reviewer', 'second']) {
    await become(hand, given.emails[each])
    await takesOn(hand)
  }
  await looked(hand, wrong, 'account')

  await become(hand, given.emails.author)
  await hand.go('/')
  await page.getByRole('textbox').first().fill(given.question)
  await page.getByRole('button', { name: 'Ask', exact: true }).click()
  await page.getByRole('button', { name: 'Make a draft article' }).click()
  await page.waitForURL('**/articles/a*')
  const address = new URL(page.url()).pathname
  banners.push(await words(hand))
  await looked(hand, wrong, 'draft')
  await step(hand, 'Submit')
  banners.push(await words(hand))

  await become(hand, given.emails.editor)
  await hand.go(address)
  for (const name of ['Rea Viewer', 'Sec Ond']) await page.getByLabel(name).check()
  await page.getByRole('button', { name: 'Keep these reviewers' }).click()
  await step(hand, 'Send to review')
  banners.push(await words(hand))
  await looked(hand, wrong, 'editing')

  await become(hand, given.emails.reviewer)
  await hand.go(address)
  const numbers = await numbersOf(hand)
  await onClaim(hand, numbers[0], 'Return it', 'Say how many.')
  for (const number of numbers.slice(2)) await onClaim(hand, number, 'Sign this claim')
  await looked(hand, wrong, 'reviewing')
  await become(hand, given.emails.second)
  await hand.go(address)
  await onClaim(hand, numbers[1], 'Sign this claim')

  await become(hand, given.emails.editor)
  await hand.go(address)
  await step(hand, 'Return', 'One claim is returned.')
  banners.push(await words(hand))

  await become(hand, given.emails.author)
  await hand.go(address)
  const claim = page.locator(`#c${numbers[0]}`)
  await claim.locator('details.acts > summary').click()
  const text = claim.getByLabel("The claim's words")
  await text.fill(`As its authors report: ${await text.inputValue()}`)
  await claim.getByLabel('Comment or reason').fill('Says who reports it.')
  await claim.getByRole('button', { name: 'Change the words', exact: true }).click()
  await claim.getByText('Says who reports it.').waitFor()
  await looked(hand, wrong, 'revising')
  await step(hand, 'Submit')

  await become(hand, given.emails.editor)
  await hand.go(address)
  await step(hand, 'Send to review')
  await become(hand, given.emails.reviewer)
  await hand.go(address)
  await onClaim(hand, numbers[0], 'Sign this claim')
  await become(hand, given.emails.editor)
  await hand.go(address)
  await step(hand, 'Approve')
  banners.push(await words(hand))

  await page.context().clearCookies()
  await hand.go('/articles')
  await page.locator(`a[href="${address}"]`).click()
  banners.push(await words(hand))
  await looked(hand, wrong, 'public')

  await become(hand, given.emails.admin)
  await hand.go('/audit')
  const log = await page.locator('main').innerText()
  await looked(hand, wrong, 'log')
  return { address, banners, wrong, claims: numbers.length, log }
}

// Takes an article with news back under review, draws it anew, reads what that changed, has it signed and approves it.
export async function overtaken(hand) {
  const { page, given } = hand
  const banners = []
  const wrong = []
  await become(hand, given.emails.editor)
  await hand.go(given.address)
  await step(hand, 'Reopen', 'There is a larger trial.')
  banners.push(await words(hand))
  await step(hand, 'Draw anew from the library')
  const versions = await page.getByRole('link', { name: /^Version \d+$/ }).allInnerTexts()
  const last = Math.max(...versions.map((each) => Number(each.replace(/\D/g, ''))))
  await hand.go(`${given.address}/versions/${last}/since/${last - 1}`)
  const added = (await page.locator('ins').allInnerTexts()).join(' ')
  await looked(hand, wrong, 'what changed')
  await become(hand, given.emails.reviewer)
  await hand.go(given.address)
  await signWaiting(hand)
  await become(hand, given.emails.editor)
  await hand.go(given.address)
  await step(hand, 'Approve')
  banners.push(await words(hand))
  await page.context().clearCookies()
  await hand.go(`${given.address}/versions/${last - 1}`)
  await page.getByText('The article as it stands now').waitFor()
  await looked(hand, wrong, 'old version')
  return { banners, wrong, added }
}

// Reads an article's banner as the public does.
export async function read(hand) {
  const { page, given } = hand
  await hand.go(given.address)
  const paragraphs = await page.locator('.banner p').allInnerTexts()
  return { banner: paragraphs[0], news: paragraphs[1] ?? '', wrong: [...(await hand.violations()), ...(await hand.overflow())] }
}
