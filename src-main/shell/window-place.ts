import { z } from 'zod'
import { smallestWindow } from './window-options.ts'

/** Where the window stood when it was last closed. */
export const windowPlaceSchema = z.strictObject({
  bounds: z.strictObject({ x: z.int(), y: z.int(), width: z.int().positive(), height: z.int().positive() }).nullable(),
  maximized: z.boolean(),
})

export type WindowPlace = z.infer<typeof windowPlaceSchema>

export const firstPlace: WindowPlace = { bounds: null, maximized: false }

interface Area {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

const firstSize = { width: 1440, height: 900 } as const

/**
 * The remembered bounds where a screen still shows enough of them to be grasped, else the first size in the middle of the
 * first screen (without `x` and `y`, which centres). Never larger than that screen. `screens` are work areas.
 */
export function placeWindow(
  remembered: WindowPlace['bounds'],
  screens: readonly Area[],
): Area | { readonly width: number; readonly height: number } {
  if (remembered !== null && screens.some((screen) => isGraspable(remembered, screen))) {
    return {
      ...remembered,
      width: Math.max(remembered.width, smallestWindow.width),
      height: Math.max(remembered.height, smallestWindow.height),
    }
  }
  const [first] = screens
  if (first === undefined) return firstSize
  return { width: Math.min(firstSize.width, first.width), height: Math.min(firstSize.height, first.height) }
}

/** The title bar, and at least 100 pixels of it, lies on the screen. */
function isGraspable(bounds: Area, screen: Area): boolean {
  const shared = Math.min(bounds.x + bounds.width, screen.x + screen.width) - Math.max(bounds.x, screen.x)
  return shared >= 100 && bounds.y >= screen.y && bounds.y <= screen.y + screen.height - 40
}

const stepPx = 28

/** One more window does not cover those that are there. */
export function besideOthers(place: ReturnType<typeof placeWindow>, others: number): ReturnType<typeof placeWindow> {
  return 'x' in place ? { ...place, x: place.x + others * stepPx, y: place.y + others * stepPx } : place
}
