/** A test file, for a page of `docs`. */
export const linkTo = (file: string): string => `[${file.replace('packages/', '').replace('/test/', ' ')}](../${file})`
