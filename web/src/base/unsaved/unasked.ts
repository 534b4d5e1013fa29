let isUnasked = false;

/** Goes elsewhere without a question: after saving or deleting, or where the person has just said so. */
export function unasked<Done>(go: () => Done): Done {
  isUnasked = true;
  try {
    return go();
  } finally {
    isUnasked = false;
  }
}

/** Whether what happens now happens without a question. */
export function happensUnasked(): boolean {
  return isUnasked;
}
