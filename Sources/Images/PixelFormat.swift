/// The channels of a sample that is made of an image, in order.
package enum PixelFormat: String, Hashable, Sendable, CaseIterable {
  /// Red, green, blue: the order of PyTorch, TensorFlow and image files.
  case rgb
  /// Blue, green, red: the order of Caffe and OpenCV.
  case bgr
  /// One channel of grey levels.
  case grey

  /// The number of channels.
  package var channelCount: Int { self == .grey ? 1 : 3 }

  /// The colours of the channels: 0 for red, 1 for green, 2 for blue. Of a grey sample, the one whose mean and
  /// deviation normalise it.
  var colors: [Int] {
    switch self {
    case .rgb: [0, 1, 2]
    case .bgr: [2, 1, 0]
    case .grey: [0]
    }
  }

  /// `numbers`, one for each colour and in the order of the channels, in the order red, green, blue.
  package func byColor(_ numbers: [Float]) -> [Float] { self == .bgr ? numbers.reversed() : numbers }
}
