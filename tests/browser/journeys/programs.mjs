// Keys of one's programs: made, shown once, revoked.
import assert from 'node:assert/strict'
import { become, join, looked } from './articles.mjs'

// Makes a key by the form and revokes it; returns what it said while it was shown, and what is wrong with the pages.
export async function kept(hand) {
  const { page, given } = hand
  const wrong = []
  const picture = async (name) => given.pictures && page.screenshot({ path: `${given.pictures}-${name}.png`, fullPage: true })
  await join(hand, given.link)
  await become(hand, given.email)
  await page.getByRole('link', { name: 'Keys of your programs' }).click()
  await page.getByText('No program of yours has a key.').waitFor()
  await looked(hand, wrong, 'none')
  hand.allowStatus(403)
  await page.getByLabel('Name of the program').fill('journal-sync')
  await page.getByLabel('It may').selectOption({ label: 'read and act' })
  await page.getByLabel('Your password').fill('another word or two')
  await page.getByRole('button', { name: 'Make the key' }).click()
  await page.getByRole('alert').waitFor()
  await looked(hand, wrong, 'refused')
  await page.getByLabel('Name of the program').fill('journal-sync')
  await page.getByLabel('It may').selectOption({ label: 'read and act' })
  await page.getByLabel('Your password').fill('violet tram ladder')
  await page.getByRole('button', { name: 'Make the key' }).click()
  const key = await page.locator('.secret code').innerText()
  await looked(hand, wrong, 'made')
  await picture('made')
  await hand.go('/account/programs')
  assert.ok(!(await page.content()).includes(key), 'the key is shown a second time')
  await picture('listed')
  await page.getByRole('button', { name: 'Revoke journal-sync' }).click()
  await page.getByText('No program of yours has a key.').waitFor()
  return { key, wrong }
}
