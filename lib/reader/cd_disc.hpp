// libcdio's disc, for drives and for the images that cdrdao made (.toc).
#pragma once

#include <memory>
#include <string>

#include <cdio/cdio.h>

namespace amphi {

struct CloseCd {
  void operator()(CdIo_t* disc) const { cdio_destroy(disc); }
};
using OpenCd = std::unique_ptr<CdIo_t, CloseCd>;

// Throws WorkerFault "source": no CD, an image that cannot be understood, or one that names files outside its folder.
// Goes to the folder of a .toc, where libcdio looks for its files.
OpenCd open_cd(const std::string& path);

}  // namespace amphi
