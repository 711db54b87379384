import { createPinia } from 'pinia'
import { createApp } from 'vue'
import { clientKey } from './api/client.ts'
import { connect } from './api/connect.ts'
import App from './app/App.vue'
import { commandsKey, createCommands } from './app/commands.ts'
import { createTexts } from './i18n/index.ts'
import './styles/tokens.css'
import './styles/base.css'
import './styles/frame.css'
import './styles/review.css'
import './styles/people.css'
import './styles/overview.css'
import './styles/marks.css'
import './styles/clauses.css'
import './styles/policies.css'
import './styles/rules.css'
import './styles/settings.css'

/** A dialog keeps the keyboard to itself. */
const isDialogOpen = () => document.querySelector('[role="dialog"][data-state="open"]') !== null

createApp(App)
  .use(createPinia())
  .use(createTexts())
  .provide(clientKey, connect())
  .provide(commandsKey, createCommands(isDialogOpen))
  .mount('#app')
