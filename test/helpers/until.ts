/** So often it is looked: minutes on a machine that is idle, and for ever is no answer either. */
const mostLooks = 30_000;

/** Waits as long as it takes: how long something may take is not what tests are about. What never comes is a failure. */
export async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  for (let looks = 0; !(await isSo()); looks += 1) {
    if (looks === mostLooks) throw new Error(`This was waited for, and never came: ${String(isSo)}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
