import EspalierFiles
import EspalierImages
import EspalierTensors

/// An input that a network declares.
package struct DeclaredInput: Hashable, Sendable {
  /// The name.
  package var name: String
  /// The element type.
  package var elementType: ElementType
  /// The sizes of the axes, usually the batch first; `nil` for any size.
  package var dimensions: [Int?]
  /// Where the samples are.
  package var samples: SamplePlace
  /// The layout expected by the layer that reads the input; `nil` if it expects none.
  package var layout: ImageLayout?

  /// An input.
  package init(
    _ name: String, _ elementType: ElementType = .float32, dimensions: [Int?], layout: ImageLayout? = nil,
    samples: SamplePlace = .first
  ) {
    self.samples = samples
    self.name = name
    self.elementType = elementType
    self.dimensions = dimensions
    self.layout = layout
  }
}

extension DeclaredInput {
  /// The same input with the samples along its first axis.
  var samplesFirst: DeclaredInput {
    var input = self
    switch samples {
    case .axis(let axis) where dimensions.indices.contains(axis):
      input.dimensions = [dimensions[axis]] + dimensions[..<axis] + dimensions[(axis + 1)...]
    case .axis: break
    case .none: input.dimensions = [nil] + dimensions
    }
    input.samples = .first
    return input
  }

  /// The number of channels of images with declared sizes.
  private static let channelCounts: Set<Int> = [1, 3]

  /// The layout of the images that the input takes: that of the layer that reads it, or else the one whose channels
  /// are 1 or 3; `nil` if the input takes no images, or neither says.
  private var imageLayout: ImageLayout? {
    guard dimensions.count == 4 else { return nil }
    if let layout { return layout }
    let isFirst = dimensions[1].map(Self.channelCounts.contains) ?? false
    let isLast = dimensions[3].map(Self.channelCounts.contains) ?? false
    return isFirst == isLast ? nil : isFirst ? .channelsFirst : .channelsLast
  }

  /// Rows and columns of the images that the input takes; `nil` if it leaves one of them open, or takes none.
  var imageSize: PixelSize? {
    guard let layout = imageLayout else { return nil }
    let sides = layout == .channelsFirst ? (dimensions[2], dimensions[3]) : (dimensions[1], dimensions[2])
    guard let height = sides.0, let width = sides.1, min(width, height) > 0,
      max(width, height) <= ArgumentOptions.mostPixels
    else { return nil }
    return PixelSize(width: width, height: height)
  }

  /// The number of channels of the images that the input takes; `nil` if it is open.
  var imageChannels: Int? { imageLayout.flatMap { dimensions[$0 == .channelsFirst ? 1 : 3] } }
}
