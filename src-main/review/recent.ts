/** Remembers the answers to the `max` questions asked last. */
export type Recent<T> = (key: string, make: () => Promise<T>, isWorthKeeping: (value: T) => boolean) => Promise<T>

/** Two that ask at once share one answer; what is not worth keeping (a failure) is asked anew. */
export function createRecent<T>(max: number): Recent<T> {
  const kept = new Map<string, Promise<T>>()
  return (key, make, isWorthKeeping) => {
    const known = kept.get(key)
    const answer = known ?? make()
    kept.delete(key)
    kept.set(key, answer)
    const [oldest] = kept.keys()
    if (kept.size > max && oldest !== undefined) kept.delete(oldest)
    if (known === undefined) {
      const drop = (): void => {
        if (kept.get(key) === answer) kept.delete(key)
      }
      answer.then((value) => (isWorthKeeping(value) ? undefined : drop()), drop)
    }
    return answer
  }
}
