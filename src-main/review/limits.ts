/** Bounds of one review, so that no single file can hold it up. */

/** For reading a file, and for each of its messages; from the start in the worker, not from when it was queued. */
export const taskBudgetMs = 30_000

/** Messages or members of one file that may each cost a worker; what follows the last of them is not reviewed. */
export const maxLostPlaces = 8

/** Heap of one worker; a file that needs more costs its worker, not the review. */
export const workerHeapMb = 2048
/** Of that for new values: more saves little time, and lists of a million rows would fill it in every worker. */
export const workerYoungHeapMb = 12

/** Files under way or reviewed and waiting for their turn. */
export const readAhead = 64

/** Bytes of an input that the source view shows. */
export const maxShownBytes = 2 * 1024 * 1024
