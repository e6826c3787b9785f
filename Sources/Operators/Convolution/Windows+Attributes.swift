import EspalierFiles
import EspalierGraph
import EspalierTensors

extension Windows {
  /// The upper limit of a kernel, stride, dilation or padding: far above those of any network, and small enough for
  /// products not to overflow.
  private static let limit = 1 << 20

  /// The largest number of elements of a window: kernels have tables with some bytes for each.
  private static let mostTaps = 1 << 22

  /// The windows of a node, by its attributes `strides`, `dilations`, `pads` and `auto_pad`, over inputs of spatial
  /// `sizes`.
  ///
  /// - Parameter roundsUp: Whether a last window that extends beyond the padding counts (`ceil_mode`).
  /// - Throws: `EspalierError` that names the node if its attributes do not fit.
  init(_ call: Invocation, over sizes: [Int], kernel: [Int], roundsUp: Bool = false) throws(EspalierError) {
    let rank = sizes.count
    guard (1...3).contains(rank) else {
      throw call.error("slides windows over \(rank) spatial axes; only one to three are supported")
    }
    func values(_ name: String, _ given: [Int]?, count: Int, least: Int) throws(EspalierError) -> [Int] {
      guard let given else { return Array(repeating: least, count: count) }
      guard given.count == count, given.allSatisfy({ (least...Self.limit).contains($0) }) else {
        throw call.error("\(name) is \(given), which does not fit an input with \(rank) spatial axes")
      }
      return given
    }
    let kernel = try values("its kernel", kernel, count: rank, least: 1)
    guard Int.limitedProduct(kernel) <= Self.mostTaps else {
      throw call.error("its window has \(Int.limitedProduct(kernel)) elements, more than \(Self.mostTaps)")
    }
    let strides = try values("attribute \"strides\"", try call.ints("strides"), count: rank, least: 1)
    let dilations = try values("attribute \"dilations\"", try call.ints("dilations"), count: rank, least: 1)
    let padding = try Padding(call)
    let pads = try values(
      "attribute \"pads\"", padding == .explicit ? try call.ints("pads") : nil, count: 2 * rank, least: 0)
    axes = (0..<rank).map {
      Axis(
        size: sizes[$0], kernel: kernel[$0], stride: strides[$0], dilation: dilations[$0], before: pads[$0],
        after: pads[$0 + rank])
    }
    for index in axes.indices {
      axes[index].place(padding, roundsUp: roundsUp)
      guard axes[index].count > 0 else {
        throw call.error(
          "its window of \(axes[index].reach) is larger than its padded input of \(axes[index].paddedSize)")
      }
    }
  }

  /// The padding mode of the attribute `auto_pad`.
  fileprivate enum Padding: String {
    case explicit = "NOTSET"
    case sameUpper = "SAME_UPPER"
    case sameLower = "SAME_LOWER"
    case none = "VALID"

    init(_ call: Invocation) throws(EspalierError) {
      switch call.node.attributes["auto_pad"] {
      case nil: self = .explicit
      case .string(let text)?:
        guard let padding = Padding(rawValue: text) else { fallthrough }
        self = padding
      default: throw call.error("attribute \"auto_pad\" is none of NOTSET, SAME_UPPER, SAME_LOWER and VALID")
      }
    }
  }
}

extension Windows.Axis {
  /// The size of the input with its padding.
  fileprivate var paddedSize: Int { before + size + after }

  /// Computes the number of windows, and the padding if the mode determines it.
  fileprivate mutating func place(_ padding: Windows.Padding, roundsUp: Bool) {
    switch padding {
    case .sameUpper, .sameLower:
      count = (size + stride - 1) / stride
      let total = max(0, (count - 1) * stride + reach - size)
      before = padding == .sameUpper ? total / 2 : total - total / 2
      after = total - before
    case .explicit, .none:
      let room = paddedSize - reach
      guard room >= 0 else { return }
      count = (roundsUp ? room + stride - 1 : room) / stride + 1
      // A window that begins after the input would cover nothing but padding.
      if roundsUp, (count - 1) * stride >= size + before { count -= 1 }
    }
  }
}
