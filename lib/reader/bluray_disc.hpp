// libbluray's disc as a value that closes itself. BD-J is never run: playlists and clips are read, nothing is played.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include <libbluray/bluray.h>

namespace amphi {

struct CloseBluray {
  void operator()(BLURAY* disc) const { bd_close(disc); }
  void operator()(BLURAY_TITLE_INFO* info) const { bd_free_title_info(info); }
};
using PlaylistInfo = std::unique_ptr<BLURAY_TITLE_INFO, CloseBluray>;

class BlurayDisc {
 public:
  // An image, a device, a folder that is or holds BDMV. Throws WorkerFault "source" when there is no Blu-ray.
  explicit BlurayDisc(const std::string& source);
  // Every playlist that plays something counts, repeated ones too. nullptr where it cannot be read.
  PlaylistInfo playlist(std::uint32_t number, unsigned angle = 0) const;
  // The clips that a playlist plays in that angle, "00011" each, in order. Empty where it cannot be read or has no such
  // angle. libbluray itself names only the first angle's.
  std::vector<std::string> clips_of(const BLURAY_TITLE_INFO& playlist, std::uint32_t number, unsigned angle) const;
  BLURAY* get() const { return disc_.get(); }
  // The library's last complaint, "" where it had none.
  static std::string trouble();

 private:
  std::unique_ptr<BLURAY, CloseBluray> disc_;
};

}  // namespace amphi
