/** Registers the list of suggestions; the feature of that name brings only those within the line. */
declare module 'monaco-editor/editor/contrib/suggest/browser/suggestController'
