// The IFOs of a DVD with the tables that its titles need, opened so that a damaged or hostile one does no harm:
// libdvdread 6.1.3 believes the length that a table gives of itself, and writes past its own memory when it is absurd.
#pragma once

#include "disc/dvd_handle.hpp"

namespace amphi {

// VIDEO_TS.IFO with its table of titles; null when it is missing or damaged.
IfoHandle open_manager_ifo(dvd_reader_t* disc);

// A title set's IFO, or its backup, with the tables of chapters and program chains; null when both are damaged.
IfoHandle open_title_set_ifo(dvd_reader_t* disc, int title_set);

}  // namespace amphi
