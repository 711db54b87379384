export { audienceFields, type AudienceField } from '../contract/audience-words.ts'
