/** Windows of the log that the simulation thread keeps: the one being looked at, and the one before. */
export const mostWindows = 2;
