#include <map>

#include "claims/words.hpp"

namespace klab {
namespace {

const std::map<std::string, std::string, std::less<>> kIrregular{{"note", "note"},
                                                                 {"notes", "note"},
                                                                 {"noted", "note"},
                                                                 {"is", "be"},
                                                                 {"are", "be"},
                                                                 {"was", "be"},
                                                                 {"were", "be"},
                                                                 {"been", "be"},
                                                                 {"being", "be"},
                                                                 {"has", "have"},
                                                                 {"had", "have"},
                                                                 {"does", "do"},
                                                                 {"did", "do"},
                                                                 {"done", "do"},
                                                                 {"goes", "go"},
                                                                 {"went", "go"},
                                                                 {"gone", "go"},
                                                                 {"got", "get"},
                                                                 {"gotten", "get"},
                                                                 {"sent", "send"},
                                                                 {"kept", "keep"},
                                                                 {"lost", "lose"},
                                                                 {"loss", "lose"},
                                                                 {"wrote", "write"},
                                                                 {"written", "write"},
                                                                 {"read", "read"},
                                                                 {"held", "hold"},
                                                                 {"died", "die"},
                                                                 {"dies", "die"},
                                                                 {"dying", "die"},
                                                                 {"dead", "die"},
                                                                 {"death", "die"},
                                                                 {"chosen", "choose"},
                                                                 {"chose", "choose"},
                                                                 {"took", "take"},
                                                                 {"taken", "take"},
                                                                 {"left", "leave"},
                                                                 {"gave", "give"},
                                                                 {"given", "give"},
                                                                 {"saw", "see"},
                                                                 {"seen", "see"},
                                                                 {"came", "come"},
                                                                 {"began", "begin"},
                                                                 {"begun", "begin"},
                                                                 {"fell", "fall"},
                                                                 {"fallen", "fall"},
                                                                 {"made", "make"},
                                                                 {"meant", "mean"},
                                                                 {"stuck", "stick"},
                                                                 {"spread", "spread"},
                                                                 {"this", "this"},
                                                                 {"always", "always"},
                                                                 {"less", "less"},
                                                                 {"acks", "acks"},
                                                                 {"its", "its"},
                                                                 {"as", "as"},
                                                                 {"us", "us"},
                                                                 {"kafkajs", "kafkajs"},
                                                                 {"failure", "fail"},
                                                                 {"failures", "fail"},
                                                                 {"compression", "compress"},
                                                                 {"replication", "replicate"},
                                                                 {"deletion", "delete"},
                                                                 {"removal", "remove"},
                                                                 {"delivery", "deliver"},
                                                                 {"distribution", "distribute"},
                                                                 {"assignment", "assign"},
                                                                 {"assignments", "assign"},
                                                                 {"acknowledgement", "acknowledge"},
                                                                 {"acknowledgements", "acknowledge"},
                                                                 {"acknowledgment", "acknowledge"},
                                                                 {"acknowledgments", "acknowledge"},
                                                                 {"duplication", "duplicate"},
                                                                 {"creation", "create"},
                                                                 {"indices", "index"},
                                                                 {"consumption", "consume"},
                                                                 {"automatic", "automatically"},
                                                                 {"auto", "automatically"},
                                                                 {"sequential", "sequence"},
                                                                 {"sequentially", "sequence"},
                                                                 {"ordering", "order"},
                                                                 {"defaults", "default"},
                                                                 {"keyless", "keyless"},
                                                                 {"lossless", "lossless"},
                                                                 {"unless", "unless"},
                                                                 {"regardless", "regardless"},
                                                                 {"process", "process"},
                                                                 {"across", "across"},
                                                                 {"class", "class"},
                                                                 {"during", "during"},
                                                                 {"nothing", "nothing"},
                                                                 {"something", "something"},
                                                                 {"everything", "everything"},
                                                                 {"anything", "anything"},
                                                                 {"string", "string"},
                                                                 {"need", "need"},
                                                                 {"exceed", "exceed"},
                                                                 {"speed", "speed"},
                                                                 {"need", "need"},
                                                                 {"committed", "commit"},
                                                                 {"committing", "commit"},
                                                                 {"commits", "commit"},
                                                                 {"dropped", "drop"},
                                                                 {"stopped", "stop"},
                                                                 {"died", "die"},
                                                                 {"said", "say"},
                                                                 {"told", "tell"},
                                                                 {"untill", "until"},
                                                                 {"recieve", "receive"},
                                                                 {"recieves", "receive"},
                                                                 {"recieved", "receive"},
                                                                 {"commited", "commit"},
                                                                 {"commiting", "commit"},
                                                                 {"automaticaly", "automatically"},
                                                                 {"automaticly", "automatically"},
                                                                 {"garantees", "guarantee"},
                                                                 {"garanteed", "guarantee"},
                                                                 {"guarentees", "guarantee"},
                                                                 {"guarenteed", "guarantee"},
                                                                 {"guaranted", "guarantee"},
                                                                 {"acknowleged", "acknowledge"},
                                                                 {"acknowleges", "acknowledge"},
                                                                 {"partion", "partition"},
                                                                 {"partions", "partition"},
                                                                 {"partiton", "partition"},
                                                                 {"partitons", "partition"},
                                                                 {"writen", "write"},
                                                                 {"messsage", "message"},
                                                                 {"mesages", "message"},
                                                                 {"imediately", "immediately"},
                                                                 {"immediatly", "immediately"}};

bool ends(std::string_view word, std::string_view ending) {
  return word.size() >= ending.size() + 3 && word.ends_with(ending);
}

// "sending" and "sends" and "send" become one; what "stored" and "store" have in common is "stor".
std::string without_ending(std::string word) {
  if (ends(word, "ies") || ends(word, "ied")) return word.substr(0, word.size() - 3) + "i";
  if (ends(word, "sses"))
    word.resize(word.size() - 2);
  else if (word.ends_with("s") && word.size() > 3 && !word.ends_with("ss") && !word.ends_with("us"))
    word.pop_back();
  if (ends(word, "ing"))
    word.resize(word.size() - 3);
  else if (ends(word, "ed"))
    word.resize(word.size() - 2);
  if (word.size() > 4 && word[word.size() - 1] == word[word.size() - 2] && word.back() != 'l' &&
      word.back() != 's')
    word.pop_back();
  if (word.size() > 3 && word.back() == 'e') word.pop_back();
  if (word.size() > 3 && word.back() == 'y') word.back() = 'i';
  return word;
}

}  // namespace

std::string stem_of(std::string_view lower_case) {
  const auto known = kIrregular.find(lower_case);
  const std::string word(known == kIrregular.end() ? lower_case : known->second);
  const bool is_setting = word.find_first_of("._") != std::string::npos;
  const bool is_whole = known != kIrregular.end() && known->first == known->second;
  return is_setting || is_whole ? word : without_ending(word);
}

}  // namespace klab
