const kib = 1024
const mib = 1024 * kib

/** How much of a hostile file is looked at. What lies past a limit is named in the report, never dropped silently. */
export const limits = {
  /** A file larger than this is not read at all. */
  maxFileBytes: 50 * mib,
  /** A table in delimited text, whose rows are read as they come. */
  maxTableBytes: 4 * 1024 * mib,
  /** A mailbox or JSON lines, whose messages are read as they come. */
  maxStreamBytes: 4 * 1024 * mib,
  /** One e-mail; what follows is not looked at. */
  maxMessageBytes: 30 * mib,
  /** UTF-16 units of one decoded text or HTML part. */
  maxTextUnits: 8 * mib,
  maxMimeDepth: 20,
  /** MIME parts of one message. */
  maxParts: 1_000,
  maxHeaderFieldBytes: 64 * kib,
  maxHeaderBytes: 256 * kib,
  maxCsvCellBytes: mib,
  maxJsonDepth: 64,
  /** Its parser takes seconds for a few megabytes. */
  maxYamlBytes: mib,
  /** UTF-16 units of the texts of a workbook or YAML file, where one text can stand for many. */
  maxRepeatedUnits: 16 * mib,
  /** Elements of an office document in one another. */
  maxXmlDepth: 256,
  /** Pages of a PDF document. */
  maxPdfPages: 500,
  maxPdfObjects: 200_000,
  /** Bytes that draw the pages of a PDF document, repetitions counted; of one page, and of all. */
  maxPdfPageBytes: 8 * mib,
  maxPdfDrawnBytes: 32 * mib,
  /** Messages taken from one container (mbox, table, JSON). */
  maxMessages: 20_000,
  /** Columns of a table. */
  maxColumns: 1_000,
  maxFolderDepth: 64,
  /** An archive in an archive in an archive; a fourth is not opened. */
  maxArchiveDepth: 3,
  /** Files and folders of an archive and all archives in it. */
  maxArchiveEntries: 2_000,
  /** Bytes that an archive and all archives in it unpack to. */
  maxUnpackedBytes: 200 * mib,
  /** Unpacked to packed bytes of a member larger than `minRatioBytes`. */
  maxUnpackRatio: 200,
  minRatioBytes: mib,
} as const

/** `8 MB`, for sentences that name a limit. */
export function megabytes(bytes: number): string {
  return `${String(Math.round((bytes / mib) * 10) / 10)} MB`
}
