#pragma once

namespace radpost::test {

class Studio;

/// Every state of a page worth a look. One file of this folder each; Screenshots.cpp calls them all.
void shootActivity(Studio& studio);
void shootDestinations(Studio& studio);
void shootFirstStart(Studio& studio);
void shootQuery(Studio& studio);
void shootLog(Studio& studio);
void shootReceive(Studio& studio);
void shootRules(Studio& studio);
void shootSend(Studio& studio);
void shootPreview(Studio& studio);
void shootSettings(Studio& studio);
void shootShell(Studio& studio);    ///< what closing the window asks and says
void shootTroubles(Studio& studio); ///< what the frame shows when something is wrong

} // namespace radpost::test
