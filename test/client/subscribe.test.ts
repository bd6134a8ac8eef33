import { expect, test } from 'vitest'
import { observe } from './support/observe.ts'

test('a listener that another listener unsubscribes is no longer called', () => {
  const { client } = observe()
  let told = 0
  client.subscribe(() => unsubscribe())
  const unsubscribe = client.subscribe(() => told++)
  void client.start('a')
  expect(told).toBe(0)
})

test('unsubscribing twice does not end another subscription', () => {
  const { client } = observe()
  let told = 0
  const listener = () => {
    told++
  }
  const unsubscribe = client.subscribe(listener)
  unsubscribe()
  client.subscribe(listener)
  unsubscribe()
  void client.start('a')
  expect(told).toBe(1)
})
