import EspalierFiles
import EspalierTensors

/// The conversion of a sample's axes to those that a network's input declares.
///
/// Matching element counts do not suffice: an ambiguous order of axes is refused, because a network fed in the wrong
/// order sees noise and nobody notices. These conversions are unambiguous:
/// * a sample of the declared shape, or one of an array for an input that declares none, unchanged;
/// * an image with its channels at the other end, `C x H x W` for `H x W x C` or the reverse, with its channels moved;
/// * axes of size 1 inserted or removed;
/// * a grey image or a table (at most two axes longer than 1) flattened row by row, or divided into rows;
/// * an image flattened in the order that the user requested.
struct SampleArrangement: Hashable, Sendable {
  /// The change of the axes.
  private enum Change: Hashable {
    /// The elements stay in their order.
    case none
    /// `C x H x W` becomes `H x W x C`.
    case channelsLast
    /// `H x W x C` becomes `C x H x W`.
    case channelsFirst
  }

  /// The shape of a sample as the network's input.
  let shape: Shape
  private let change: Change

  private init(_ shape: Shape, _ change: Change = .none) {
    self.shape = shape
    self.change = change
  }

  /// The samples of `batch`, rearranged for the network.
  func callAsFunction(_ samples: Tensor) -> Tensor {
    switch change {
    case .none: samples.reshaped(Shape([samples.shape[0]] + shape))
    case .channelsLast: samples.movingChannelsLast()
    case .channelsFirst: samples.movingChannelsFirst()
    }
  }

  /// The maximum number of channels for which the axes of a stored array are moved: grey, colours, colours with
  /// opacity.
  private static let mostChannels = 4

  /// The arrangement of `field` of the samples of `dataset` for `input`.
  ///
  /// - Throws: `EspalierError` that names both shapes and the remedy, if there is no unambiguous arrangement.
  init(_ field: SampleField, of dataset: String, to input: DeclaredInput) throws(EspalierError) {
    let wanted = Array(input.dimensions.dropFirst())
    let own = field.shape
    if input.dimensions.isEmpty, field.axes != .image {
      self.init(own)
      return
    }
    func fits(_ shape: Shape?) -> Bool {
      guard let shape, wanted.count == shape.rank else { return false }
      return zip(wanted, shape).allSatisfy { $0 == nil || $0 == $1 }
    }
    var candidates: [SampleArrangement] = fits(own) ? [SampleArrangement(own)] : []
    switch field.axes {
    case .stated, .places: break
    case .image:
      // Open sizes match either layout: the layer that reads the input decides.
      if let moved = own.movingChannelsLast, moved != own, fits(moved) {
        candidates.append(SampleArrangement(moved, .channelsLast))
      }
      if candidates.count > 1, let layout = input.layout {
        candidates = [candidates[layout == .channelsFirst ? 0 : 1]]
      }
    case .stored where candidates.isEmpty:
      if let moved = own.movingChannelsLast, own[0] <= Self.mostChannels, fits(moved) {
        candidates.append(SampleArrangement(moved, .channelsLast))
      }
      if let moved = own.movingChannelsFirst, own[2] <= Self.mostChannels, fits(moved) {
        candidates.append(SampleArrangement(moved, .channelsFirst))
      }
    case .stored: break
    }
    if candidates.isEmpty, let sizes = wanted as? [Int], let shape = Shape(checking: sizes),
      Self.keepsOrder(own, shape, isStated: field.axes == .stated)
    {
      candidates.append(SampleArrangement(shape))
    }
    guard candidates.count == 1 else {
      throw Self.refusal(field, of: dataset, input, wanted: wanted, isAmbiguous: !candidates.isEmpty)
    }
    self = candidates[0]
  }

  /// Whether elements in row-major order have the same meaning in both shapes.
  private static func keepsOrder(_ own: Shape, _ other: Shape, isStated: Bool) -> Bool {
    guard own.elementCount == other.elementCount else { return false }
    let (first, second) = (own.filter { $0 != 1 }, other.filter { $0 != 1 })
    if first == second || isStated && second.count <= 1 { return true }
    return min(first.count, second.count) <= 1 && max(first.count, second.count) <= 2
  }

  private static func refusal(
    _ field: SampleField, of dataset: String, _ input: DeclaredInput, wanted: [Int?], isAmbiguous: Bool
  ) -> EspalierError {
    let own = field.shape
    let text = wanted.map { $0.map(String.init) ?? "?" }.joined(separator: " x ")
    let fault = "has samples of shape \(own), and the network's input \"\(input.name)\" wants \(text)"
    let sizes = wanted.compactMap { $0 }
    let hasAsMany = sizes.count == wanted.count && Shape(checking: sizes)?.elementCount == own.elementCount
    guard field.axes == .image else {
      return EspalierError(
        .data, dataset,
        hasAsMany || isAmbiguous ? fault + ", as many numbers in an order that cannot be told" : fault,
        remedy: "save the samples as an array of shape N x \(text), axes in the network's order")
    }
    if hasAsMany || isAmbiguous {
      return EspalierError(
        .data, dataset, fault + ": where the channels belong cannot be told",
        remedy: "add ,layout=nchw (channels first) or ,layout=nhwc (channels last), as the network was trained")
    }
    return EspalierError(.data, dataset, fault, remedy: sizeRemedy(own, wanted) ?? "give data of that shape")
  }

  /// The option that makes images of the wanted size, if only the size differs.
  private static func sizeRemedy(_ own: Shape, _ wanted: [Int?]) -> String? {
    guard wanted.count == 3 else { return nil }
    for (channels, sides) in [(wanted[0], [wanted[1], wanted[2]]), (wanted[2], [wanted[0], wanted[1]])] {
      guard channels ?? own[0] == own[0], let height = sides[0] ?? sides[1], let width = sides[1] ?? sides[0]
      else { continue }
      return "add ,size=\(height == width ? "\(height)" : "\(height)x\(width)")"
    }
    return nil
  }
}
