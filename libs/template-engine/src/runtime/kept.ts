const MAX_KEPT = 500;

/** A map that forgets everything when it is full: what it keeps is few, but its keys come from themes. */
export class Kept<K, V> {
  private readonly map = new Map<K, V>();

  /** @param worth says of a value whether it may be kept; all are by default */
  constructor(
    private readonly most = MAX_KEPT,
    private readonly worth: (value: V) => boolean = () => true,
  ) {}

  /** The value of a key, made when it is not there. */
  get(key: K, make: () => V): V {
    const known = this.map.get(key);
    if (known !== undefined) return known;
    const made = make();
    if (!this.worth(made)) return made;
    if (this.map.size >= this.most) this.map.clear();
    this.map.set(key, made);
    return made;
  }
}
