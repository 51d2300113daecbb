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

// `given.links` are invitations of author, reviewer and editor; returns the article's address, the banners in their order,
// and what is wrong with the pages passed.
export async function life(hand) {
  const { page, given } = hand
  const banners = []
  const wrong = []
  for (const link of Object.values(given.links)) await join(hand, link)

  await become(hand, given.emails.reviewer)
  await page.getByLabel('Conflicts of interest').fill('None.')
  await page.getByRole('button', { name: 'Keep', exact: true }).click()
  await page.getByText('Kept.').waitFor()
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
  await page.getByLabel('Rea Viewer').check()
  await page.getByRole('button', { name: 'Keep these reviewers' }).click()
  await step(hand, 'Send to review')
  banners.push(await words(hand))
  await looked(hand, wrong, 'editing')

  await become(hand, given.emails.reviewer)
  await hand.go(address)
  const numbers = await page.locator('ol.claims > li').evaluateAll((items) => items.map((item) => item.id.slice(1)))
  await onClaim(hand, numbers[0], 'Return it', 'Say how many.')
  for (const number of numbers.slice(1)) await onClaim(hand, number, 'Sign this claim')
  await looked(hand, wrong, 'reviewing')

  await become(hand, given.emails.editor)
  await hand.go(address)
  await step(hand, 'Return', 'One claim is returned.')
  banners.push(await words(hand))

  await become(hand, given.emails.author)
  await hand.go(address)
  await onClaim(hand, numbers[0], 'Remove the claim', 'The source does not say it.')
  await step(hand, 'Submit')

  await become(hand, given.emails.editor)
  await hand.go(address)
  await step(hand, 'Send to review')
  await step(hand, 'Approve')
  banners.push(await words(hand))

  await page.context().clearCookies()
  await hand.go('/articles')
  await page.locator(`a[href="${address}"]`).click()
  banners.push(await words(hand))
  await looked(hand, wrong, 'public')
  await page.getByRole('link', { name: 'Version 2' }).first().click()
  await page.getByText('The article as it stands now').waitFor()
  return { address, banners, wrong, claims: numbers.length }
}

// Reads an article's banner as the public does, and what changed from its first version to its second as its editor.
export async function read(hand) {
  const { page, given } = hand
  await hand.go(given.address)
  const paragraphs = await page.locator('.banner p').allInnerTexts()
  return { banner: paragraphs[0], news: paragraphs[1] ?? '', wrong: [...(await hand.violations()), ...(await hand.overflow())] }
}
