/** Days that the data of a shop is kept after its merchant took leave, in case of a return; then it is erased. */
export const daysKeptAfterLeave = 30;
