import EspalierFiles
import EspalierImages

/// The parsed argument of a directory of images: `DIR,size=48x192,preset=caffe`.
struct ImageArgument {
  static let prefix = "images:"
  static let form =
    "[images:]DIR[,preset=\(ImageConvention.all.map(\.name).joined(separator: "|"))][,size=224|48x192]"
    + "[,fit=crop|stretch|pad][,resize=256][,fill=114][,scale=255][,order=rgb|bgr][,channels=1|3][,mean=R:G:B]"
    + "[,std=R:G:B][,augment=0.08|crop|no]\(LaidOutImages.form)"

  /// The directory of the images.
  let path: String
  /// The conversion of an image to a sample (``ImageChoices``).
  let transform: ImageTransform
  /// The augmentation for training; `nil` for none.
  let augmentation: ImageTransform.Augmentation.Kind?

  /// The position of the channels, if given.
  let layout: ImageLayout?

  /// The directory of the argument's images.
  static func path(_ options: ArgumentOptions) -> String {
    var path = options.subject
    while path.count > 1, path.hasSuffix("//") { path.removeLast() }
    return path
  }

  init(_ argument: String, for purpose: DatasetPurpose) throws(EspalierError) {
    let options = ArgumentOptions(argument, prefix: Self.prefix)
    try options.check(ImageChoices.keys.union(["augment", "layout"]), form: Self.form)
    let path = Self.path(options)
    self.path = path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
    layout = try options.layout()
    var input = purpose.inputs.count == 1 ? purpose.inputs[0] : nil
    if let layout { input?.layout = layout }
    let transform = try ImageChoices(options, for: input, pixels: purpose.pixels).transform
    self.transform = transform
    let kind = try options.value("augment", "crop, no, or the least fraction of an image to train on") {
      Self.augmentation($0, size: min(transform.size.width, transform.size.height))
    }
    augmentation = kind ?? .some(.part())
  }

  /// `.some(nil)` for no augmentation.
  private static func augmentation(_ text: String, size: Int) -> ImageTransform.Augmentation.Kind?? {
    switch text {
    case "no": return .some(nil)
    case "crop": return .shift(padding: shift(size))
    default:
      guard let least = Double(text), least > 0, least <= 1 else { return nil }
      return .some(.part(scale: least...1))
    }
  }

  /// The maximum shift of `augment=crop` for images of `size`, in pixels: an eighth, 4 of 32.
  static func shift(_ size: Int) -> Int { size / 8 }

  /// The directory of one part, and the classes of the training part if there are two parts.
  func part(_ split: Split) throws(EspalierError) -> (directory: String, classes: [String]?) {
    let train = path + "/train"
    let tests = ["val", "test"].map { "\(path)/\($0)" }.filter(ImageFiles.isDirectory)
    guard ImageFiles.isDirectory(train), let test = tests.first else { return (path, nil) }
    return split == .train ? (train, nil) : (test, try ImageFiles(in: train).classes)
  }
}
