import { expect, test } from 'vitest'
import { trustedTypesPolicies as allowed } from '../../../src-main/page-policy.ts'
import { trustedTypesPolicies as made } from '../../../src-renderer/src/trusted-types.ts'

test('the hosts allow exactly the policies that the page makes', () => {
  expect([...allowed].sort()).toEqual([...made].sort())
})
