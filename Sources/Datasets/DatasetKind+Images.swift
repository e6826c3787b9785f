import EspalierFiles

extension DatasetKind {
  /// A directory of images, or of class folders of images; options follow after commas.
  ///
  /// A directory with the folders `train` and `val` (or `test`) stands for the requested part; `val` has the classes of
  /// `train`.
  static let images = DatasetKind(
    form: ImageArgument.form, summary: "a directory of JPEG and PNG images, one folder a class or all in one",
    recognizes: { argument in
      let path = ImageArgument.path(ArgumentOptions(argument, prefix: ImageArgument.prefix))
      return argument.hasPrefix(ImageArgument.prefix) || path.hasSuffix("/") || ImageFiles.isDirectory(path)
    },
    open: { argument, purpose throws(EspalierError) in
      let options = try ImageArgument(argument, for: purpose)
      let (directory, classes) = try options.part(purpose.split)
      var folder = try ImageFolder(directory, name: argument, transform: options.transform, classes: classes)
      folder.augmentation = options.augmentation
      return LaidOutImages.dataset(folder, options.layout)
    })
}
