import EspalierFiles
import EspalierImages

/// The choice of an image's size, fit and numbers.
///
/// Each is, in this order, the one that an option gives; that of the convention that `preset` names; that which the
/// network declares (its size, the element type `uint8` or ``DeclaredPixels``); that of ImageNet's convention. The size
/// is the network's also before that of a named convention, because a network of fixed size takes no other.
struct ImageChoices {
  /// The options of the choice.
  static let keys = ArgumentOptions.normalizationKeys.union([
    "preset", "size", "resize", "fit", "fill", "order", "channels",
  ])

  /// The conversion of an image to a sample.
  let transform: ImageTransform

  /// The choice by `options`, for an input of a network if one is known.
  init(_ options: ArgumentOptions, for input: DeclaredInput?, pixels: DeclaredPixels) throws(EspalierError) {
    let conventions = ImageConvention.all
    let named = try options.value("preset", "one of " + conventions.map(\.name).joined(separator: ", ")) { name in
      conventions.first { $0.name == name }
    }
    let convention = named ?? .imageNet
    let (given, resize) = (try options.size(), try options.pixels("resize"))
    let size = given ?? input?.imageSize ?? Self.square(min(convention.size.width, resize ?? convention.size.width))
    transform = ImageTransform(
      size: size,
      fit: try Self.fit(options, convention, size, resize, isUsual: given == nil && size == convention.size),
      normalization: try options.normalization(standard: Self.standard(options, named, input, pixels)))
  }

  private static func square(_ side: Int) -> PixelSize { PixelSize(width: side, height: side) }

  /// The fit. A convention's margin around the centre belongs to its own size (`isUsual`): at any other, the whole
  /// shorter side is used.
  private static func fit(
    _ options: ArgumentOptions, _ convention: ImageConvention, _ size: PixelSize, _ resize: Int?, isUsual: Bool
  ) throws(EspalierError) -> ImageFit {
    let shortest = min(size.width, size.height)
    let level = try options.value("fill", "a level of 0 to 255") { UInt8($0) }
    let usual: ImageFit
    switch convention.fit {
    case .crop where !isUsual: usual = .crop(shorterSide: shortest)
    default: usual = convention.fit
    }
    let chosen = try options.value("fit", "crop, stretch or pad") { name -> ImageFit? in
      switch (name, usual) {
      case ("crop", .crop): usual
      case ("crop", _): .crop(shorterSide: shortest)
      case ("stretch", _): .stretch
      case ("pad", _): .pad(level: 114)
      default: nil
      }
    }
    switch chosen ?? usual {
    case .crop(let shorterSide):
      guard resize ?? shortest >= shortest else {
        throw EspalierError(
          .argument, options.argument, "resizes to fewer pixels than the \(shortest) it cuts out")
      }
      try refuse(level, "fill", "fit=pad", options)
      return .crop(shorterSide: resize ?? shorterSide)
    case .stretch:
      try refuse(level, "fill", "fit=pad", options)
      try refuse(resize, "resize", "fit=crop", options)
      return .stretch
    case .pad(let usual):
      try refuse(resize, "resize", "fit=crop", options)
      return .pad(level: level ?? usual)
    }
  }

  /// Refuses an option that has no effect.
  private static func refuse<Value>(
    _ value: Value?, _ key: String, _ place: String, _ options: ArgumentOptions
  ) throws(EspalierError) {
    guard value != nil else { return }
    throw EspalierError(
      .argument, options.argument, "has the option \(key), which goes with \(place)", remedy: "leave one of them out")
  }

  /// The numbers and channels that `scale`, `mean` and `std` change.
  private static func standard(
    _ options: ArgumentOptions, _ named: ImageConvention?, _ input: DeclaredInput?, _ pixels: DeclaredPixels
  ) throws(EspalierError) -> Normalization {
    let order = try options.value("order", "rgb or bgr") { ["rgb": PixelFormat.rgb, "bgr": .bgr][$0] }
    let channels = try options.value("channels", "1 or 3") { ["1": 1, "3": 3][$0] }
    let count = channels ?? (order != nil ? 3 : input?.imageChannels ?? (pixels.format?.channelCount ?? 3))
    guard order == nil || count == 3 else {
      throw EspalierError(
        .argument, options.argument, "has an order of colours for images of one channel", remedy: "leave out order")
    }
    // Bytes can only be levels, and the means of colours are no means of grey levels.
    let unstated: Normalization =
      input?.elementType == .uint8 ? ImageConvention.raw.normalization : count == 1 ? .none : .imageNet
    // A mean and a deviation without a scale are of numbers of 0...1, whatever range the file states.
    let stated = options.has("mean") || options.has("std") ? nil : pixels.normalization
    let usual = named?.normalization ?? stated ?? unstated
    let declared = named == nil ? pixels.format.flatMap { $0 == .grey ? nil : $0 } : nil
    var standard = usual
    standard.format = count == 1 ? .grey : order ?? declared ?? usual.format
    return standard
  }
}
