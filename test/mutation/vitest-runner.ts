import { PluginKind } from '@stryker-mutator/api/plugin'
import { strykerPlugins as theirPlugins, strykerValidationSchema } from '@stryker-mutator/vitest-runner'

/**
 * Stryker's runner for Vitest, for Vitest 5. That joins the names of suites and tests by ` > ` where it matches them, and the runner (10.1)
 * by a space, so that no test ran on a mutant and all survived (stryker-js, issue 6210). Here a space in what the runner asks for
 * stands for either. To be removed with the release that knows Vitest 5.
 */

interface Runner {
  init: () => Promise<void>
  readonly ctx: { readonly projects: readonly { readonly config: { testNamePattern?: RegExp | undefined } }[] }
}

interface Factory {
  (injector: unknown): Runner
  readonly inject: readonly string[]
}

/** Tests that measure time; mutated code, beside other mutants, is slower. */
const timed = /takes time in proportion|ends soon|ends on text made|catastrophic pattern|not masked as a whole/

// The package exports one factory, of the runner in vitest-test-runner.js; its types leave open which.
const factory = theirPlugins[0]?.factory as unknown as Factory

function createRunner(injector: unknown): Runner {
  const runner = factory(injector)
  const init = runner.init.bind(runner)
  runner.init = async () => {
    await init()
    for (const { config } of runner.ctx.projects) {
      let pattern = namePattern(undefined)
      Object.defineProperty(config, 'testNamePattern', {
        enumerable: true,
        configurable: true,
        get: () => pattern,
        set: (asked: RegExp | undefined) => (pattern = namePattern(asked)),
      })
    }
  }
  return runner
}
createRunner.inject = factory.inject

function namePattern(asked: RegExp | undefined): RegExp {
  const names = asked === undefined ? '' : `(?:${asked.source.replaceAll(' ', '(?: > | )')})`
  return new RegExp(`^(?!.*(?:${timed.source})).*${names}`, 's')
}

export { strykerValidationSchema }
export const strykerPlugins = [{ kind: PluginKind.TestRunner, name: 'vitest', factory: createRunner }]
