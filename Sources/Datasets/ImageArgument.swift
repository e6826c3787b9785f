import Files
import Images

/// What an argument says of a directory of images: `DIR,size=32,mean=0.5,std=0.25`.
struct ImageArgument {
  static let prefix = "images:"

  /// Where the images are.
  let path: String
  /// How an image becomes a sample: of `size` alone, the whole shorter side is used.
  let transform: ImageTransform
  /// The fraction of the area that training cuts out; `nil` for no augmentation.
  let trainingScale: ClosedRange<Double>?

  /// The directory, and what stands after commas at the end and has the form `key=value`.
  static func split(_ argument: String) -> (path: String, options: [(key: String, value: String)]) {
    let text = argument.hasPrefix(prefix) ? String(argument.dropFirst(prefix.count)) : argument
    var parts = text.split(separator: ",", omittingEmptySubsequences: false)
    var options: [(key: String, value: String)] = []
    while parts.count > 1, let last = parts.last, let sign = last.firstIndex(of: "=") {
      options.insert((String(last[..<sign]), String(last[last.index(after: sign)...])), at: 0)
      parts.removeLast()
    }
    var path = parts.joined(separator: ",")
    while path.count > 1, path.hasSuffix("//") { path.removeLast() }
    return (path, options)
  }

  init(_ argument: String) throws(DataError) {
    let (path, options) = Self.split(argument)
    var (size, resize) = (nil as Int?, nil as Int?)
    var (normalization, scale): (Normalization, ClosedRange<Double>?) = (.imageNet, 0.08...1)
    for (key, value) in options {
      func refuse(_ wanted: String) -> DataError {
        DataError(argument, "says \(key)=\(value), and \(key) is \(wanted)")
      }
      switch key {
      case "size", "resize":
        guard let number = Int(value), 1...8192 ~= number else { throw refuse("a number of pixels of 1 to 8192") }
        if key == "size" { size = number } else { resize = number }
      case "mean":
        guard let numbers = Self.channels(value) else { throw refuse("one number, or three with : between them") }
        normalization.mean = numbers
      case "std":
        guard let numbers = Self.channels(value), numbers.allSatisfy({ $0 > 0 }) else {
          throw refuse("one positive number, or three with : between them")
        }
        normalization.deviation = numbers
      case "augment":
        guard value != "no" else {
          scale = nil
          continue
        }
        guard let least = Double(value), least > 0, least <= 1 else {
          throw refuse("no, or the least fraction of an image to train on")
        }
        scale = least...1
      default:
        throw DataError(argument, "has an unknown option \(key)", remedy: "write \(DatasetKind.images.form)")
      }
    }
    let cropped = size ?? min(224, resize ?? 224)
    guard resize ?? cropped >= cropped else {
      throw DataError(argument, "resizes to fewer pixels than the \(cropped) it cuts out")
    }
    self.path = path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
    transform = ImageTransform(
      size: cropped, resize: resize ?? (size == nil ? 256 : cropped), normalization: normalization)
    trainingScale = scale
  }

  /// Three numbers, or one for all three channels.
  private static func channels(_ text: String) -> [Float]? {
    let numbers = text.split(separator: ":", omittingEmptySubsequences: false).map { Float($0) ?? .nan }
    guard numbers.allSatisfy(\.isFinite) else { return nil }
    return numbers.count == 3 ? numbers : numbers.count == 1 ? Array(repeating: numbers[0], count: 3) : nil
  }

  /// The directory of one part, and the classes of the training part where there are two.
  func part(_ split: Split) throws(DataError) -> (directory: String, classes: [String]?) {
    let train = path + "/train"
    let tests = ["val", "test"].map { "\(path)/\($0)" }.filter(ImageFiles.isDirectory)
    guard ImageFiles.isDirectory(train), let test = tests.first else { return (path, nil) }
    return split == .train ? (train, nil) : (test, try ImageFiles(in: train).classes)
  }
}
