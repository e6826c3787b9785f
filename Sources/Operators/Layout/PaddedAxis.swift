/// The input index of each output index of an axis that ``Pad`` extends or shortens; -1 for the constant.
///
/// Computed one by one: a stored list would take memory that nobody asked for, before the output's size is checked.
package struct PaddedAxis: RandomAccessCollection, Hashable, Sendable {
  /// The choice of the added elements, by the names in the attribute `mode`.
  enum Mode: String {
    case constant, reflect, edge, wrap
  }

  private let size: Int
  private let before: Int
  private let mode: Mode
  /// The size of the output axis.
  package let endIndex: Int

  /// An axis of `size` elements with `before` elements added in front of it, `count` in all.
  init(size: Int, before: Int, count: Int, mode: Mode) {
    (self.size, self.before, self.mode, endIndex) = (size, before, mode, count)
  }

  /// An axis of `size` elements that is left as it is.
  init(keeping size: Int) { self.init(size: size, before: 0, count: size, mode: .constant) }

  /// Whether the axis is left as it is.
  package var isIdentity: Bool { before == 0 && endIndex == size }

  /// The first output index.
  package var startIndex: Int { 0 }

  /// The input index of the output index `index`.
  package subscript(index: Int) -> Int {
    let place = index - before
    switch mode {
    case .constant: return (0..<size).contains(place) ? place : -1
    case .edge: return Swift.min(Swift.max(place, 0), size - 1)
    case .wrap: return (place % size + size) % size
    case .reflect:
      guard size > 1 else { return 0 }
      let period = 2 * (size - 1)
      return Swift.min(abs(place) % period, period - abs(place) % period)
    }
  }
}
