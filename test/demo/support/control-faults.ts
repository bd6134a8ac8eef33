import type { Page } from 'playwright'

/** The elements that can be focused with the keyboard. */
const controls =
  'a[href], button:not(:disabled), input:not(:disabled), select, textarea, summary, [tabindex="0"]'

/**
 * The controls of a page that cannot be scrolled into view, or whose position or focus is invisible in forced
 * colours.
 */
export function controlFaults(page: Page): Promise<string[]> {
  return page.evaluate((selector) => {
    const faults: string[] = []
    const nameOf = (element: Element) => element.outerHTML.slice(0, 120)
    for (const element of document.querySelectorAll<HTMLElement>(selector)) {
      if (!element.checkVisibility()) continue
      element.focus({ focusVisible: true })
      if (document.activeElement !== element) continue // one of a group, such as a radio button
      element.scrollIntoView({ block: 'center', behavior: 'instant' })
      const { left, right, top, bottom } = element.getBoundingClientRect()
      const [x, y] = [(left + right) / 2, (Math.max(top, 0) + Math.min(bottom, innerHeight)) / 2]
      const hit = document.elementFromPoint(x, y)
      const isSeen =
        hit !== null &&
        (element.contains(hit) ||
          hit.contains(element) ||
          [...((element as HTMLInputElement).labels ?? [])].some((label) => label.contains(hit)))
      if (!isSeen) faults.push(`covered or out of sight: ${nameOf(element)}`)
      const { outlineStyle, outlineWidth } = getComputedStyle(element)
      const hasOutline = outlineStyle !== 'none' && parseFloat(outlineWidth) >= 1
      const around = element.closest('label')
      const labelHasOutline = around && getComputedStyle(around).outlineStyle !== 'none'
      if (!hasOutline && !labelHasOutline) faults.push(`no focus ring: ${nameOf(element)}`)
      if (element.tagName === 'BUTTON' && getComputedStyle(element).borderStyle === 'none') {
        faults.push(`no border in forced colours: ${nameOf(element)}`)
      }
    }
    ;(document.activeElement as HTMLElement | null)?.blur()
    return faults
  }, controls)
}

/** The number of focusable controls, and the number that the Tab key reaches. */
export async function tabStops(page: Page): Promise<{ all: number; reached: number }> {
  const all = await page.evaluate((selector) => {
    const groups = new Set<string>()
    let count = 0
    for (const element of document.querySelectorAll<HTMLElement>(selector)) {
      if (!element.checkVisibility() || element.tabIndex < 0) continue
      // A group of radio buttons is one stop.
      const group =
        element instanceof HTMLInputElement && element.type === 'radio' ? element.name : ''
      if (group !== '' && groups.has(group)) continue
      groups.add(group)
      count++
    }
    document.body.tabIndex = -1
    document.body.focus()
    document.body.removeAttribute('tabindex')
    return count
  }, controls)
  const seen = page.evaluateHandle(() => new Set<Element>())
  let reached = 0
  for (let step = 0; step <= all; step++) {
    await page.keyboard.press('Tab')
    reached = await page.evaluate(
      (set) => {
        const { activeElement } = document
        if (activeElement && activeElement !== document.body) set.add(activeElement)
        return set.size
      },
      await seen,
    )
    if (reached === all) break
  }
  return { all, reached }
}
