/** A file with the path it had inside what was dropped or picked, `/` between folders. */
export interface NamedFile {
  readonly name: string
  readonly file: File
}

/** Files of a drop, folders walked. Entries must be taken within the drop event; reading them may take longer. */
export function droppedFiles(data: DataTransfer): Promise<readonly NamedFile[]> {
  const lists = [...data.items].map((item) => {
    const entry = item.webkitGetAsEntry()
    if (entry !== null) return walk(entry)
    // Pictures dragged out of another page, and files made by a program, are no entries of a file system.
    const file = item.kind === 'file' ? item.getAsFile() : null
    return Promise.resolve(file === null ? [] : [{ name: file.name, file }])
  })
  return Promise.all(lists).then((all) => all.flat())
}

async function walk(entry: FileSystemEntry): Promise<readonly NamedFile[]> {
  const name = entry.fullPath.replace(/^\/+/, '')
  if (isFile(entry)) {
    const file = await new Promise<File>((resolve, reject) => entry.file(resolve, reject))
    return [{ name, file }]
  }
  if (!isDirectory(entry)) return []
  const lists: (readonly NamedFile[])[] = []
  for (const child of await children(entry)) lists.push(await walk(child))
  return lists.flat()
}

async function children(directory: FileSystemDirectoryEntry): Promise<readonly FileSystemEntry[]> {
  const reader = directory.createReader()
  const all: FileSystemEntry[] = []
  // A reader answers with at most 100 entries a time, and with none at the end.
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject))
    if (some.length === 0) return all
    all.push(...some)
  }
}

function isFile(entry: FileSystemEntry): entry is FileSystemFileEntry {
  return entry.isFile
}

function isDirectory(entry: FileSystemEntry): entry is FileSystemDirectoryEntry {
  return entry.isDirectory
}

/** Files of an `<input type="file">`; a folder's keep their place in it. */
export function pickedFiles(files: FileList): readonly NamedFile[] {
  return [...files].map((file) => ({ name: file.webkitRelativePath || file.name, file }))
}
