// Following a question, being told, and the texts of policies.

const PASSWORD = 'violet tram ladder'

async function looked(hand, found, name) {
  found.push(...(await hand.soundness()).map((each) => `${name}: ${each}`))
  if (hand.given.pictures) await hand.page.screenshot({ path: `${hand.given.pictures}-${name}.png`, fullPage: true })
}

// Chooses a password by the link of an invitation, and signs in.
async function begin(hand, link, email) {
  const { page } = hand
  await page.context().clearCookies()
  await hand.go(link)
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD)
  await page.getByLabel('The same again').fill(PASSWORD)
  await page.getByRole('button', { name: 'Set the password' }).click()
  await page.getByLabel('E-mail address').fill(email)
  await page.getByLabel('Password').fill(PASSWORD)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.waitForURL('**/account')
}

// Saves `given.question` from its answer, renames it, chooses letters and makes a feed; returns the feed's address and
// what is wrong with the pages passed.
export async function follow(hand) {
  const { page, given } = hand
  const wrong = []
  await begin(hand, given.link, given.email)
  await hand.go('/following')
  await looked(hand, wrong, 'empty')
  await hand.go('/')
  await page.getByRole('textbox').first().fill(given.question)
  await page.getByRole('button', { name: 'Ask', exact: true }).click()
  await page.getByRole('button', { name: 'Follow this question' }).click()
  await page.getByText('The question is saved.').waitFor()
  await page.locator('summary', { hasText: 'Rename' }).click()
  await page.getByLabel('Name', { exact: true }).fill('The boy of bed 4')
  await page.getByRole('button', { name: 'Keep the name' }).click()
  await page.getByText('The boy of bed 4').first().waitFor()
  await page.getByLabel('A letter a day, if there is news').check()
  await page.getByRole('button', { name: 'Keep', exact: true }).click()
  await page.getByText('Kept.').waitFor()
  await page.getByRole('button', { name: 'Make the feed' }).click()
  const feed = await page.locator('.secret code').innerText()
  await looked(hand, wrong, 'saved')
  return { wrong, feed }
}

// Reads what is new, marks it as read, asks the question again, and deletes it.
export async function read(hand) {
  const { page } = hand
  const wrong = []
  await hand.go('/account/sign-in')
  await page.getByLabel('E-mail address').fill(hand.given.email)
  await page.getByLabel('Password').fill(PASSWORD)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await hand.go('/following')
  const news = await page.locator('section[aria-labelledby="new"] li').first().innerText()
  await looked(hand, wrong, 'news')
  await page.getByRole('button', { name: 'Mark all as read' }).click()
  await page.getByText('Nothing since you last marked it as read.').waitFor()
  await page.getByRole('button', { name: /^Ask it now/ }).click()
  const asked = await page.locator('h1').innerText()
  await hand.go('/following')
  await page.getByRole('button', { name: /^Delete/ }).click()
  await page.getByText('You follow it no more.').waitFor()
  return { wrong, news, asked }
}

// Changes the text on privacy as an editor, looking at it first; then reads what changed as anybody.
export async function policies(hand) {
  const { page, given } = hand
  const wrong = []
  await begin(hand, given.link, given.email)
  await page.locator('footer').getByRole('link', { name: 'Privacy' }).click()
  await looked(hand, wrong, 'policy')
  await page.getByRole('link', { name: 'Change this text' }).click()
  const text = page.getByRole('textbox', { name: 'Text', exact: true })
  await text.fill(`This site is run by the ward of ${'x'.repeat(60)}.\n\n${await text.inputValue()}`)
  await page.getByLabel('What changed and why').fill('Who we are.')
  await page.getByRole('button', { name: 'Show how it looks' }).click()
  await page.getByRole('heading', { name: 'As it would look' }).waitFor()
  await looked(hand, wrong, 'preview')
  await page.getByRole('button', { name: 'Keep as a new version' }).click()
  await page.getByRole('link', { name: /^What changed/ }).waitFor()
  await page.context().clearCookies()
  await hand.go('/policies/privacy')
  await page.getByRole('link', { name: /^What changed/ }).click()
  const added = await page.locator('ins').first().innerText()
  await looked(hand, wrong, 'changes')
  await page.goBack()
  await page.getByRole('link', { name: 'Version 1', exact: true }).click()
  await page.getByText('The text as it stands now').waitFor()
  await looked(hand, wrong, 'old')
  return { wrong, added }
}
